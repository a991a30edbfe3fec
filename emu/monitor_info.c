/* SPDX-License-Identifier: MIT */
/* What the monitor's `info` tells. */
#include "emu/monitor_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "config.h"
#include "emu/drives.h"
#include "emu/vm.h"
#include "io/ui/display.h"
#include "system/error.h"
#include "system/machine.h"

/* ---- CPUs ---- */

static void print_cpu(MonCall *c, Cpu *cpu)
{
    char *text;
    size_t len;
    FILE *f = mon_file(&text, &len);
    if (f) {
        cpu->isa->print_state(cpu, f);
    }
    mon_file_done(c, f, &text, &len);
}

static void print_all_registers(MonCall *c, Cpu *cpu)
{
    DebugReg r;
    for (unsigned n = 0; cpu->isa->debug_reg(cpu, n, &r); n++) {
        uint64_t v[2];
        if (r.name) {
            cpu->isa->debug_read(cpu, n, v);
            g_string_append_printf(c->out, "%-12s 0x", r.name);
            if (r.bits > 64) {
                g_string_append_printf(c->out, "%016" PRIx64, v[1]);
            }
            g_string_append_printf(c->out, "%0*" PRIx64 "\n", MIN(r.bits, 64) / 4, v[0]);
        }
    }
}

void info_registers(MonCall *c)
{
    const char *which = c->n ? c->arg[0].text : "";
    if (!strcmp(which, "all")) {
        print_all_registers(c, *c->cpu);
    } else if (!strcmp(which, "-a")) {
        for (unsigned i = 0; i < tcg_cpus->len; i++) {
            g_string_append_printf(c->out, "%sCPU#%u\n", i ? "\n" : "", i);
            print_cpu(c, tcg_cpus->pdata[i]);
        }
    } else if (*which) {
        g_string_append_printf(c->out, "info registers: '%s': there are -a and all\n", which);
    } else {
        print_cpu(c, *c->cpu);
    }
}

void info_cpus(MonCall *c)
{
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        const Cpu *cpu = tcg_cpus->pdata[i];
        g_string_append_printf(c->out, "%c CPU #%u: pc=%#" PRIx64 " %s\n",
                               cpu == *c->cpu ? '*' : ' ', i, cpu->pc & ~(uint64_t)1, cpu->powered_off ? "(off)" :
                               cpu->halted ? "(halted)" : "");
    }
}

/* ---- memory ---- */

typedef struct Mapping {        /* a stretch of virtual memory that is mapped alike */
    uint64_t va, pa, size;
    uint8_t  prot;
} Mapping;

static void print_mapping(MonCall *c, const Mapping *m)
{
    if (m->size) {
        g_string_append_printf(c->out, "%08" PRIx64 "-%08" PRIx64 " %08" PRIx64
                               " %c%c%c  %08" PRIx64 "\n", m->va, m->va + m->size - 1, m->size,
                               m->prot & PROT_R ? 'r' : '-', m->prot & PROT_W ? 'w' : '-',
                               m->prot & PROT_X ? 'x' : '-', m->pa);
    }
}

void info_mem(MonCall *c)
{
    Cpu *cpu = *c->cpu;
    Mapping m = { 0 };
    enum { SMALLEST = 1024, MOST_TEXT = 512 * 1024 };
    if (cpu->isa->va_bits > 32) {
        g_string_append(c->out, "not for addresses of 64 bits; try gva2gpa\n");
        return;
    }
    g_string_append(c->out, "virtual           size     rights physical\n");
    for (uint64_t va = 0, size; va < (uint64_t)1 << 32 && c->out->len < MOST_TEXT; va += size) {
        Translation t;
        bool mapped = debug_translate(cpu, va, &t);
        size = !mapped ? 1u << PAGE_BITS : t.page_bits > 32 ? (uint64_t)1 << 32
             : (uint64_t)1 << MAX(t.page_bits, 10);
        size -= va & (size - 1);
        if (mapped && m.size && m.va + m.size == va && m.pa + m.size == t.pa && m.prot == t.prot) {
            m.size += size;
        } else {
            print_mapping(c, &m);
            m = mapped ? (Mapping){ va, t.pa, size, t.prot } : (Mapping){ 0 };
        }
    }
    print_mapping(c, &m);
}

void info_mtree(MonCall *c)
{
    address_space_print(&the_machine->as, c->out);
}

/* ---- devices ---- */

void info_qtree(MonCall *c)
{
    g_autoptr(GString) map = g_string_new("");
    machine_print_map(the_machine, map);
    char *memory = strstr(map->str, "\nmemory\n");     /* that is mtree's */
    g_string_append_len(c->out, map->str, memory ? memory + 1 - map->str : (gssize)map->len);
}

void info_device(MonCall *c)
{
    Device *dev = machine_device(the_machine, c->arg[0].text);
    if (dev) {
        device_dump(dev, c->out);
        return;
    }
    const GPtrArray *devices = the_machine->devices;
    g_autofree const char **ids = g_new0(const char *, devices->len + 1);
    for (unsigned i = 0; i < devices->len; i++) {
        ids[i] = ((Device *)devices->pdata[i])->id;
    }
    GError *err = NULL;
    fail_unknown(&err, "device", c->arg[0].text, ids);
    g_string_append_printf(c->out, "%s\n", err->message);
    g_error_free(err);
}

static void print_lines(MonCall *c, Device *dev)
{
    unsigned flat = 0;
    for (const IrqDef *d = dev->class->irqs; d && d->name; d++) {
        unsigned count = d->size / sizeof(IrqLine);
        for (unsigned i = 0; i < count; i++, flat++) {
            const IrqLine *line = device_irq(dev, flat);
            if (line && irq_level(line)) {
                g_string_append_printf(c->out, count > 1 ? "%s.%s[%u]\n" : "%s.%s\n", dev->id,
                                       d->name, i);
            }
        }
    }
}

void info_irq(MonCall *c)
{
    gsize before = c->out->len;
    for (unsigned i = 0; i < the_machine->devices->len; i++) {
        print_lines(c, the_machine->devices->pdata[i]);
    }
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        const Cpu *cpu = tcg_cpus->pdata[i];
        for (unsigned n = 0; cpu->isa->outputs && cpu->isa->outputs[n]; n++) {
            if (irq_level(&cpu->output[n])) {
                g_string_append_printf(c->out, "%s.%s\n", cpu->id, cpu->isa->outputs[n]);
            }
        }
    }
    if (c->out->len == before) {
        g_string_append(c->out, "no line is high\n");
    }
}

/* ---- the rest ---- */

void info_stats(MonCall *c)
{
    char *text;
    size_t len;
    FILE *f = mon_file(&text, &len);
    if (f) {
        tcg_print_stats(f);
    }
    mon_file_done(c, f, &text, &len);
}

void info_block(MonCall *c)
{
    gsize before = c->out->len;
    drives_print(c->out);
    if (c->out->len == before) {
        g_string_append(c->out, "no drives\n");
    }
}

void info_status(MonCall *c)
{
    static const char *const words[] = {
        [STOP_NOT_STARTED] = "paused (prelaunch)", [STOP_USER] = "paused",
        [STOP_ENDED] = "paused (the guest has ended)", [STOP_DEBUG] = "paused (debug)",
    };
    g_string_append_printf(c->out, "VM status: %s\n",
                           control_running() ? "running" : words[control_reason()]);
}

void info_display(MonCall *c)
{
    for (Display *d = display_first(); d; d = display_next(d)) {
        g_string_append_printf(c->out, "%s: %dx%d\n", display_name(d), display_width(d),
                               display_height(d));
    }
}

void info_name(MonCall *c)
{
    const char *name = vm_name();
    g_string_append_printf(c->out, "%s\n", name ? name : "(none)");
}

void info_version(MonCall *c)
{
    g_string_append(c->out, EMU_VERSION "\n");
}
