/* SPDX-License-Identifier: MIT */
/* The PC's characters in Unicode. */
#pragma once
#include <stdint.h>

extern const uint16_t codepage_437[256];
