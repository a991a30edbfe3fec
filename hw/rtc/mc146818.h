/* SPDX-License-Identifier: MIT */
/*
 * The PC's clock and its 128 bytes of CMOS memory, as the board that fills it sees them.
 */
#pragma once
#include "system/device.h"

/* A byte of the memory behind the clock (index 0x0e to 0x7f); it survives resets.  The century, 0x32,
 * follows the clock. */
void mc146818_set_cmos(Device *rtc, unsigned index, uint8_t value);
uint8_t mc146818_get_cmos(const Device *rtc, unsigned index);
