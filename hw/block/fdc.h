/* SPDX-License-Identifier: MIT */
/* What firmware is told of the floppy drives, in CMOS (the property "cmos"). */
#pragma once
#include "system/device.h"

/* The drives as CMOS register 10h has them: drive A in the upper half; 0 none, 1 360 KB, 2 1.2 MB,
 * 3 720 KB, 4 1.44 MB, 5 2.88 MB. */
uint8_t fdc_cmos_drives(Device *fdc);
