/* SPDX-License-Identifier: MIT */
/*
 * The target as gdb sees it: its description in XML and its registers by number, both out of the
 * frontend's table (GuestIsa.debug_reg).
 * Source: Debugging with GDB, appendix G, Target Descriptions.
 */
#include "emu/gdb_internal.h"

#include <string.h>

/* ---- description ---- */

static void begin_feature(GString *out, const char *name, const char **open)
{
    if (*open) {
        g_string_append(out, "</feature>\n");
    }
    *open = name;
    if (name) {
        g_string_append_printf(out, "<feature name=\"%s\">\n", name);
    }
}

GString *gdb_target_xml(const Cpu *cpu)
{
    GString *out = g_string_new("<?xml version=\"1.0\"?>\n"
                                "<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n<target>\n");
    const char *open = NULL;
    DebugReg r;
    const char *arch = cpu->isa->gdb_architecture ? cpu->isa->gdb_architecture(cpu)
                                                  : cpu->isa->name;
    g_string_append_printf(out, "<architecture>%s</architecture>\n", arch);
    for (unsigned n = 0; cpu->isa->debug_reg(cpu, n, &r); n++) {
        if (!open || strcmp(open, r.feature) != 0) {
            begin_feature(out, r.feature, &open);
        }
        if (r.name) {
            g_string_append_printf(out, "<reg name=\"%s\" bitsize=\"%u\" type=\"%s\" regnum=\"%u\"",
                                   r.name, r.bits, r.type, r.number);
            if (r.group) {
                g_string_append_printf(out, " group=\"%s\"", r.group);
            }
            g_string_append(out, "/>\n");
        }
    }
    begin_feature(out, NULL, &open);
    return g_string_append(out, "</target>\n");
}

/* ---- registers ---- */

/* The index in the frontend's table; false: no register has this number. */
static bool find(const Cpu *cpu, unsigned number, unsigned *index, DebugReg *r)
{
    for (unsigned n = 0; cpu->isa->debug_reg(cpu, n, r); n++) {
        if (r->name && r->number == number) {
            *index = n;
            return true;
        }
    }
    return false;
}

static void to_bytes(const Cpu *cpu, const uint64_t v[2], unsigned size, uint8_t *bytes)
{
    bool big = cpu->isa->data_is_big && cpu->isa->data_is_big(cpu);
    for (unsigned i = 0; i < size; i++) {
        bytes[big ? size - 1 - i : i] = v[i / 8] >> i % 8 * 8;
    }
}

static void from_bytes(const Cpu *cpu, const uint8_t *bytes, unsigned size, uint64_t v[2])
{
    bool big = cpu->isa->data_is_big && cpu->isa->data_is_big(cpu);
    v[0] = v[1] = 0;
    for (unsigned i = 0; i < size; i++) {
        v[i / 8] |= (uint64_t)bytes[big ? size - 1 - i : i] << i % 8 * 8;
    }
}

static void append_reg(Cpu *cpu, unsigned index, const DebugReg *r, GString *hex)
{
    uint64_t v[2];
    uint8_t bytes[16];
    cpu->isa->debug_read(cpu, index, v);
    to_bytes(cpu, v, r->bits / 8, bytes);
    gdb_hex(hex, bytes, r->bits / 8);
}

bool gdb_get_reg(Cpu *cpu, unsigned number, GString *hex)
{
    unsigned index;
    DebugReg r;
    if (!find(cpu, number, &index, &r)) {
        return false;
    }
    append_reg(cpu, index, &r, hex);
    return true;
}

bool gdb_set_reg(Cpu *cpu, unsigned number, const uint8_t *bytes, size_t len)
{
    unsigned index;
    DebugReg r;
    uint64_t v[2];
    if (!find(cpu, number, &index, &r) || len != r.bits / 8u) {
        return false;
    }
    from_bytes(cpu, bytes, len, v);
    return cpu->isa->debug_write(cpu, index, v);
}

static bool core_reg(const Cpu *cpu, unsigned n, DebugReg *r)
{
    DebugReg first;
    return cpu->isa->debug_reg(cpu, 0, &first) && cpu->isa->debug_reg(cpu, n, r) &&
           !strcmp(r->feature, first.feature);
}

void gdb_get_core(Cpu *cpu, GString *hex)
{
    DebugReg r;
    for (unsigned n = 0; core_reg(cpu, n, &r); n++) {
        append_reg(cpu, n, &r, hex);
    }
}

size_t gdb_set_core(Cpu *cpu, const uint8_t *bytes, size_t len)
{
    DebugReg r;
    size_t at = 0;
    for (unsigned n = 0; core_reg(cpu, n, &r) && at + r.bits / 8 <= len; n++) {
        uint64_t v[2];
        from_bytes(cpu, bytes + at, r.bits / 8, v);
        cpu->isa->debug_write(cpu, n, v);
        at += r.bits / 8;
    }
    return at;
}
