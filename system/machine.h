/* SPDX-License-Identifier: MIT */
/*
 * Machines: a map and its wires.
 *
 * A `const MachineClass` is two tables, memory and parts, plus a short function for what tables
 * cannot say.  machine_build() makes the regions, the CPUs and the devices in the order of the
 * tables and connects the lines when all exist; machine_reset() brings it to its first instruction.
 * docs/style.md shows one; machines/ is full of them.
 *
 * A machine names types and CPU models as strings; the CPU side comes in through MachineHooks, set
 * by emu/, so that system/ and machines/ include no frontend.
 */
#pragma once
#include <glib.h>
#include "system/device.h"
#include "system/memory.h"

typedef struct Cpu Cpu;
typedef struct CpuStart CpuStart;
typedef struct Machine Machine;
typedef struct MachineClass MachineClass;

#define RAM_SIZE    UINT64_MAX          /* RegionDef.size: what the user asked for by -m */
#define NO_ADDRESS  UINT64_MAX          /* a window or region that the machine does not map */
/* In the place of an address: the window is in port space (x86) from port n on. */
#define PORT_SPACE  (UINT64_C(1) << 63)
#define PORT(n)     (PORT_SPACE | (n))
#define MAX_CPUS    64

/* A row of the memory map: RAM, unless .rom, .alias or .zero. */
typedef struct RegionDef {
    const char *name;
    GPa         address;
    uint64_t    size;
    uint64_t    max;                    /* with RAM_SIZE: more than this does not fit */
    const char *rom;                    /* ROM, filled from the image of this name ("bios") */
    const char *alias;                  /* a window on the region of this name */
    uint64_t    alias_offset;
    bool        zero;                   /* reads 0, ignores writes: space the board leaves out */
    int         priority;
} RegionDef;

/*
 * A row of the parts: a device, where its windows are, where its lines go, how it is set.
 *
 *     { "uart0", "pl011", 0x101f1000, { "vic.12" }, { "chardev=serial0" } },
 *
 * irq[i] is where output i goes: "<id>.<input>", an input being a flat number ("vic.12"), a name
 * ("cpu0.irq") or a name with an index ("gic.ppi[3]").  Several sinks are joined by '+':
 * "vic.22+dma.3".  An output may be named, out of order: "fiq>cpu0.fiq".  A part may come before
 * those its lines go to.  A link property must name an earlier part.
 */
typedef struct PartDef {
    const char *id, *type;
    GPa         address;                /* of window 0 */
    const char *irq[8];
    const char *props[8];
    GPa         more[6];                /* of windows 1...; 0: not mapped */
    int         priority;
    bool        on_request;             /* left out unless build() makes it by machine_add_part() */
} PartDef;

/* What the user gave; strings are borrowed for the machine's life, NULL: not given. */
typedef struct MachineConfig {
    uint64_t           ram_size;        /* 0: the class's default */
    const char        *cpu;             /* NULL: the class's default */
    unsigned           n_cpus;          /* 0: 1 */
    const char        *kernel, *initrd, *append, *dtb, *bios;
    const char        *boot;            /* -boot: "order=..,once=..,menu=on" or letters */
    const char *const *options;         /* -M name,key=value...: "key=value", NULL at the end */
    const char *const *globals;         /* -global: "id.prop=value" or "type.prop=value" */
    /* How "serial0", "drive0", "nic0" become pointers; NULL: every such property is NULL. */
    PropResolver       resolver;
    /* After the class's build(): parts that the user plugs in; NULL: none. */
    bool             (*plug)(Machine *m, GError **err);
} MachineConfig;

struct MachineClass {
    const char        *name, *alias, *about;
    const char        *cpu;             /* model by default */
    const char *const *cpus;            /* models the board can hold, NULL at the end; NULL: any */
    unsigned           max_cpus;        /* 0: 1 */
    uint64_t           default_ram, max_ram;    /* 0: 128 MiB; 0: what the RAM row's .max says */
    const RegionDef   *memory;          /* ends with a row without a name ... */
    const PartDef     *parts;           /* ... or use the macros below */
    unsigned           n_memory, n_parts;
    const char        *nic;             /* type of network cards on PCI; NULL: the table has them */
    const char        *disk;            /* -drive without if=: "scsi", ...; NULL: virtio */
    bool               screen;          /* people look at it: a window, unless they say otherwise */
    uint32_t           board_id;        /* for loaders: ATAG machine number and the like */
    /* Before CPUs and parts are made: answers to -M options; false for one it does not know. */
    bool             (*option)(Machine *m, const char *key, const char *value, GError **err);
    /* After the table's memory is made: regions whose size or place depends on what the user gave. */
    bool             (*more_memory)(Machine *m, GError **err);
    /* After the table's parts are made, before lines are connected: machine_add_part(), ... */
    bool             (*build)(Machine *m, GError **err);
    /* Once, after everything is built: load images into memory, note where CPUs start. */
    bool             (*boot)(Machine *m, GError **err);
    /* After every reset of CPUs and devices, also the first: put CPUs at the entry. */
    void             (*reset)(Machine *m);
    /* The user asks the guest to power off, as by a button; NULL: the board has none. */
    void             (*power_button)(Machine *m);
    /* Before everything is freed, also after a build that failed: Machine.opaque. */
    void             (*free)(Machine *m);
};

/* .parts = parts, .n_parts = ARRAY_SIZE(parts) in one word. */
#define MEMORY(table) .memory = table, .n_memory = ARRAY_SIZE(table)
#define PARTS(table)  .parts = table, .n_parts = ARRAY_SIZE(table)

struct Machine {
    const MachineClass  *class;
    const MachineConfig *config;
    uint64_t             ram_size;
    const char          *cpu_model;
    unsigned             n_cpus;
    Cpu                 *cpus[MAX_CPUS];
    AddressSpace         as;            /* what CPUs and DMA masters see */
    MemoryRegion         root;
    AddressSpace         io;            /* port space: 64 KiB, empty on boards without PORT() */
    MemoryRegion         io_root;
    GPtrArray           *devices;       /* Device *, in the order made */
    GPtrArray           *regions;       /* MemoryRegion *, of the memory table */
    GPtrArray           *wires;         /* the wires not connected yet, then all: for -d map */
    void                *opaque;        /* the loader's or build()'s own */
};

/* What system/ needs of CPUs. */
typedef struct MachineHooks {
    Cpu *(*cpu_new)(Machine *m, const char *model, unsigned index, GError **err);
    void (*cpu_free)(Cpu *cpu);
    void (*cpu_reset)(Cpu *cpu);
    /* The input of this name: "irq", "fiq", ... */
    bool (*cpu_irq_input)(Cpu *cpu, const char *name, IrqSink *sink);
    /* The output of this name: "virt_timer", ...; NULL: this model has none. */
    IrqLine *(*cpu_irq_output)(Cpu *cpu, const char *name);
    /* Right after cpu_reset: the CPU runs (again) from here. */
    void (*cpu_start)(Cpu *cpu, const CpuStart *start);
} MachineHooks;
void machine_set_hooks(const MachineHooks *hooks);

/* For loaders (in the class's reset) and firmware: resets the CPU and lets it run from `start`;
 * NULL leaves it powered off. */
void machine_start_cpu(Machine *m, unsigned index, const CpuStart *start);
/* An output of a CPU, or NULL. */
IrqLine *machine_cpu_output(Machine *m, unsigned index, const char *name);

void machine_registry_set(const MachineClass *const *classes, unsigned n);
const MachineClass *machine_class_find(const char *name, GError **err);
unsigned machine_classes(const MachineClass *const **classes);

/* NULL with err when it cannot be.  Does not reset: the caller does, after loading a snapshot or
 * not.  config must live as long as the machine. */
Machine *machine_build(const MachineClass *class, const MachineConfig *config, GError **err);
void machine_free(Machine *m);
/* All state first, then each device's reset, the CPUs' and the class's. */
void machine_reset(Machine *m);
/* The machine that runs; NULL in device tests. */
extern Machine *the_machine;

/* For build(): one more part, with its lines; returns it, or NULL with err. */
Device *machine_add_part(Machine *m, const PartDef *part, GError **err);
/* For more_memory(): a region of the map, which the machine frees; NO_ADDRESS: not seen yet. */
void machine_add_region(Machine *m, MemoryRegion *mr, GPa address, int priority);
/* The row of an id in the class's table, or NULL. */
const PartDef *machine_part(const MachineClass *class, const char *id);
Device *machine_device(Machine *m, const char *id);
MemoryRegion *machine_region(Machine *m, const char *name);
/* An input by its name in a table ("vic.12", "cpu0.irq"). */
bool machine_input(Machine *m, const char *where, IrqSink *sink, GError **err);
/* Connects an output to an input named so, once all parts exist (at the end of the build).  An input
 * with several outputs is high while any of them is, whether the tables or this connect them. */
void machine_connect(Machine *m, IrqLine *line, const char *where);

/* The tables back as text: `-d map`. */
void machine_print_map(Machine *m, GString *out);

/* --- Requests to whoever runs the machine ----------------------------------------------------- */

typedef enum {
    SYSTEM_RESET, SYSTEM_POWEROFF, SYSTEM_EXIT,
    SYSTEM_FATAL,               /* a CPU can never run a useful instruction again */
    SYSTEM_DEAD,                /* nothing can wake the guest (counted time only) */
    SYSTEM_STOP,                /* for emu/ itself: a test's text came, a limit was reached */
} SystemRequest;

/* From a device or a CPU, under the machine lock: noted, and done by the main loop.  code is the
 * exit status of SYSTEM_EXIT. */
void system_request(SystemRequest request, int code);
/* The main loop's end; NULL: requests are only logged. */
void system_set_request_handler(void (*fn)(SystemRequest request, int code));
