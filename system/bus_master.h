/* SPDX-License-Identifier: MIT */
/*
 * Who makes the access that a device is answering: the CPU's number, as an AMBA bus carries it.
 * For devices whose registers differ from CPU to CPU (interrupt controllers, private timers).
 *
 * A vCPU's thread sets it before it runs that CPU; any other thread is CPU 0.
 */
#pragma once

extern __thread unsigned bus_master;
