/* SPDX-License-Identifier: MIT */
/*
 * The PC's pair of interrupt controllers, as who takes interrupts from it sees them.
 */
#pragma once
#include "system/device.h"

/* The two INTA cycles: the vector of the interrupt that is in service from now on.  A spurious one
 * when the request is gone. */
int i8259_acknowledge(Device *pic);
/* Does the pair ask for an interrupt? */
bool i8259_pending(const Device *pic);
