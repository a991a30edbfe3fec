/* SPDX-License-Identifier: MIT */
/*
 * The PC's interval timer, as the port beside it (0x61) sees its pins.
 */
#pragma once
#include "system/device.h"

/* The level of counter n's output now. */
bool i8254_out(Device *pit, unsigned n);
/* The level of its gate. */
bool i8254_gate(const Device *pit, unsigned n);
void i8254_set_gate(Device *pit, unsigned n, bool level);
/* How many times counter 1, the memory refresh's, has come round: port 0x61 shows whether odd. */
uint64_t i8254_refreshes(Device *pit);
