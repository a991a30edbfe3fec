/* SPDX-License-Identifier: MIT */
/*
 * The local APICs, as those see them who send interrupt messages: an IOAPIC, a timer or a PCI
 * function with messages of its own (MSI).
 */
#pragma once
#include "system/cpu.h"
#include "system/device.h"

/* Where interrupt messages are written: 0xfee00000 to 0xfeefffff. */
#define APIC_MESSAGES UINT64_C(0xfee00000)

/* A message as SDM 3A, 11.11 has it: bits 19..12 of the address are the destination, bit 2 makes it
 * a logical one; data has the vector, delivery mode and trigger mode.  A plain write of data to the
 * address in the machine's memory does the same. */
void apic_deliver(Device *apic, uint64_t address, uint32_t data);

/* fn is told of the end of each level-triggered interrupt. */
void apic_on_eoi(Device *apic, void (*fn)(void *opaque, uint8_t vector), void *opaque);

/* What CPU n sees of its APIC, with the opaque for it: for tests; a machine's CPUs have it already. */
const CpuPlatform *apic_platform(Device *apic, unsigned n, void **opaque);
