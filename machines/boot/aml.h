/* SPDX-License-Identifier: MIT */
/*
 * AML, the byte code of ACPI: written object by object into a GByteArray.
 * Implements: ACPI 6.4, chapter 20 (encoding) and 6.4 (resource descriptors), as far as a board needs.
 *
 *     unsigned dev = aml_device(a, "LNKA");
 *     aml_name(a, "_UID");
 *     aml_int(a, 1);
 *     aml_end(a, dev);
 *
 * What holds others begins with a function that returns a mark for aml_end().  Names are written as
 * in ASL: "\\_SB", "PCI0", "^ISA.PRQ0".
 */
#pragma once
#include <glib.h>
#include "system/types.h"

enum {                                  /* operators with operands and a target */
    AML_STORE = 0x70, AML_ADD = 0x72, AML_AND = 0x7b, AML_OR = 0x7d,
    AML_LAND = 0x90, AML_LOR = 0x91, AML_LNOT = 0x92, AML_LEQUAL = 0x93, AML_LGREATER = 0x94,
    AML_LLESS = 0x95,
};
enum { AML_LOCAL0 = 0x60, AML_ARG0 = 0x68, AML_NULL = 0x00 };

void aml_op(GByteArray *a, uint8_t op);
void aml_path(GByteArray *a, const char *path);
void aml_int(GByteArray *a, uint64_t v);
void aml_string(GByteArray *a, const char *text);
void aml_eisa_id(GByteArray *a, const char *id);                /* "PNP0A03" */

/* Name (name, ...): the value follows. */
void aml_name(GByteArray *a, const char *name);
void aml_name_int(GByteArray *a, const char *name, uint64_t v);

unsigned aml_scope(GByteArray *a, const char *path);
unsigned aml_device(GByteArray *a, const char *name);
unsigned aml_method(GByteArray *a, const char *name, unsigned args, bool serialized);
unsigned aml_package(GByteArray *a, unsigned n);
unsigned aml_if(GByteArray *a);                                 /* the condition follows */
unsigned aml_processor(GByteArray *a, const char *name, uint8_t id);
void aml_end(GByteArray *a, unsigned mark);

/* OperationRegion (name, space, offset, length) and Field (name, access, NoLock, Preserve). */
enum { AML_SYSTEM_IO = 1, AML_PCI_CONFIG = 2 };
void aml_region(GByteArray *a, const char *name, uint8_t space, uint64_t offset, uint64_t length);
unsigned aml_field(GByteArray *a, const char *region, uint8_t access);
void aml_field_unit(GByteArray *a, const char *name, unsigned bits);

/* A buffer that holds resource descriptors. */
unsigned aml_resources(GByteArray *a);
void aml_resources_end(GByteArray *a, unsigned mark);
void res_io(GByteArray *a, uint16_t base, uint16_t length);
void res_irq(GByteArray *a, unsigned irq);                      /* edge, high, exclusive */
void res_dma(GByteArray *a, unsigned channel);
void res_memory(GByteArray *a, uint32_t base, uint32_t length);
void res_interrupt(GByteArray *a, unsigned n, const uint32_t *irqs);    /* level, high, shared */
/* Address spaces that a bridge produces, minimum to maximum. */
void res_bus_numbers(GByteArray *a, uint16_t min, uint16_t max);
void res_io_range(GByteArray *a, uint16_t min, uint16_t max);
void res_memory_range(GByteArray *a, uint32_t min, uint32_t max);
void res_memory_range64(GByteArray *a, uint64_t min, uint64_t max);
