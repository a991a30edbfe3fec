/* SPDX-License-Identifier: MIT */
/* Machine code as text, by capstone. */
#ifndef TCG_DISAS_H
#define TCG_DISAS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* One line an instruction; what is none is printed as a byte or word and passed over. */
void disas(FILE *f, int cs_arch, int cs_mode, const uint8_t *code, size_t size, uint64_t address);

#endif
