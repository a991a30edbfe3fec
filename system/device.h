/* SPDX-License-Identifier: MIT */
/*
 * Devices: a chip is a `const DeviceClass`, a set of tables with many readers.
 *
 *     registers   -> MMIO dispatch, widths, reset values, the dump, the log of stray accesses
 *     properties  -> the machine table, the command line, `-device help`
 *     state       -> reset, snapshot, the dump.  A register row with a field is also a row of state
 *     irqs/inputs -> the machine's wires by name or number
 *
 * A device knows its registers, lines and ports, never its address, its machine or the guest's ISA.
 * docs/style.md shows a whole one (hw/pl011.c); the order in a file is: struct, registers'
 * callbacks, `#define DEV Pl011`, the register table, realize, the class.
 *
 * Everything runs under the machine lock.
 */
#pragma once
#include <glib.h>
#include "system/clock.h"
#include "system/error.h"
#include "system/fifo8.h"
#include "system/irq.h"
#include "system/log.h"
#include "system/memory.h"
#include "system/types.h"

typedef struct DeviceClass DeviceClass;
typedef struct DeviceWindow DeviceWindow;
typedef struct DevicePin DevicePin;

/* Common to all devices: the first field of each device's struct. */
struct Device {
    const DeviceClass *class;
    char              *id;              /* "uart0": unique in the machine */
    bool               realized;
    DeviceWindow      *windows;         /* n_windows of them, in the order of the class's table */
    unsigned           n_windows;
    GPtrArray         *regions;         /* MemoryRegion *: more windows, by device_add_region() */
    DevicePin         *pins;            /* inputs, flattened: the handlers' opaque values */
    unsigned           n_pins;
    uint64_t           props_set;       /* bit i: property i was given */
    GPtrArray         *strings;         /* owned values of string properties */
    GString           *settings;        /* "prop=value prop=value", as given */
};

/* Device * to the device's own type, checked in one place: #define PL011(d) DEVICE_AS(Pl011, d) */
#define DEVICE_AS(T, dev) ((T *)(void *)(dev))

/* --- Registers -------------------------------------------------------------------------------- */

/*
 * One register, or `count` alike ones, `stride` bytes apart.
 *
 *     { 0x018, "FR",  AT(fr), .reset = FR_TXFE | FR_RXFE },       read-only, a field
 *     { 0x024, "IBRD",AT(ibrd), .writable = 0xffff },             plain
 *     { 0x038, "IMSC",AT(imsc), .writable = 0x7ff, .changed = update_irq },
 *     { 0x040, "MIS", .read = mis_read },                         computed
 *     { 0x044, "ICR", .write = icr_write },                       write-only
 *     { 0xfe0, "PeriphID0", .reset = 0x11 },                      constant
 *     { 0x100, "VECTADDR", AT(vect_addr), .writable = ~0u, .count = 16 },  field: uint32_t [16]
 *     { 0x008, "DATA", .read_at = data_read, .write_at = data_write, .count = 4, .stride = 8 },
 *
 * Reading: `.read`/`.read_at`, else the field, else `.reset` (a constant) unless the row can only
 * be written.  Writing: `.write`/`.write_at` do everything themselves and get the value as written;
 * else the field takes the bits in `.writable`, ones written to bits in `.w1c` clear them, and then
 * `.changed` runs.  A write to a row with none of these is the guest's error.
 *
 * An access narrower than the register: a read cuts its bytes out; a write to a field leaves the
 * other bytes alone; a write callback gets the value shifted to its place, other bytes zero.  One
 * wider than the register goes to the registers beside it in turn.
 */
typedef struct RegDef {
    uint32_t    offset;
    const char *name;
    uint32_t  (*read)(Device *dev);
    void      (*write)(Device *dev, uint32_t value);
    uint32_t  (*read_at)(Device *dev, unsigned index);          /* of several alike */
    void      (*write_at)(Device *dev, unsigned index, uint32_t value);
    uint32_t    field, field_size;      /* by AT(field) */
    uint64_t    writable;               /* bits a write changes */
    uint64_t    w1c;                    /* bits that a one written clears */
    uint64_t    reset;                  /* value at reset; of each element */
    void      (*changed)(Device *dev);  /* after a write to the field */
    uint8_t     width;                  /* in bytes: 1, 2, 4 (also 0), 8 (fields only) */
    uint16_t    count, stride;          /* 0: one; 0: width */
} RegDef;

/* The field of the device's struct that holds a register: uint8_t to uint64_t, or an array of
 * `count` of them.  The file says `#define DEV Pl011` above its table. */
#define AT(f) .field = offsetof(DEV, f), .field_size = sizeof(((DEV *)0)->f)

/* Byte order of a register window, or-ed to ACCESS_*; little by default. */
enum { REGS_BIG = 0x100, REGS_NATIVE = 0x200 };

/* Raw callbacks for what is no table: off is inside the window, size in the flags' ACCESS_*. */
typedef uint64_t (*DeviceRead)(Device *dev, uint64_t off, unsigned size);
typedef void (*DeviceWrite)(Device *dev, uint64_t off, uint64_t value, unsigned size);

/* One MMIO window of a class.  Make them with the macros below. */
typedef struct WindowDef {
    const char   *name;
    uint64_t      size;
    uint32_t      flags;                /* ACCESS_* the guest may use (0: any), REGS_* */
    const RegDef *regs;
    unsigned      n_regs;
    DeviceRead    read;
    DeviceWrite   write;
    bool          ram;                  /* plain RAM: dual-ported buffers */
} WindowDef;

/* .regs of a class: the usual single table, or several windows. */
#define REGS(table, size_, flags_) WINDOWS(REG_WINDOW("regs", table, size_, flags_))
#define WINDOWS(...) (const WindowDef[]) { __VA_ARGS__, { 0 } }
#define REG_WINDOW(name_, table, size_, flags_) \
    { .name = name_, .size = size_, .flags = flags_, .regs = table, .n_regs = ARRAY_SIZE(table) }
#define RAW_WINDOW(name_, size_, flags_, read_, write_) \
    { .name = name_, .size = size_, .flags = flags_, .read = read_, .write = write_ }
#define RAM_WINDOW(name_, size_) { .name = name_, .size = size_, .ram = true }

/* Finds a window's register at off, or NULL; *index is which of several alike. */
const RegDef *device_find_reg(const DeviceWindow *w, uint64_t off, unsigned *index);

/* A register that is a field or a constant, for reads without the lock.  size 0: it is not. */
typedef struct RegPeek {
    const void *field;
    uint8_t     field_size;
    uint8_t     size;                   /* of the access */
} RegPeek;

/* A window in being.  The machine maps &dev->windows[i].region. */
struct DeviceWindow {
    MemoryRegion     region;
    const WindowDef *def;
    Device          *dev;
    uint16_t        *map;               /* byte offset >> map_shift -> row + 1; 0: none */
    unsigned         map_shift, map_len;
    RegPeek         *peek;              /* by map slot: what a whole read of the register loads */
    MemoryOps        ops;
};

/* For realize: one more window whose size or kind depends on properties; the region is a field of
 * the device, which frees it in unrealize. */
void device_add_region(Device *dev, MemoryRegion *mr);
/* Window i's region, or NULL. */
MemoryRegion *device_region(Device *dev, unsigned i);

/* --- Lines ------------------------------------------------------------------------------------ */

typedef struct IrqDef {
    const char *name;
    uint32_t    offset;                 /* of an IrqLine, or of an array of count of them */
    uint32_t    size;                   /* in bytes, of all */
} IrqDef;

/* .irqs: outputs by field name, in the order of their numbers; arrays take one number an element.
 *     IRQS(Pl190, irq, fiq)            at most 8 names; longer: IRQ(T, f) rows in IRQ_TABLE() */
#define IRQ(T, f) { #f, offsetof(T, f), sizeof(((T *)0)->f) }
#define IRQ_TABLE(...) (const IrqDef[]) { __VA_ARGS__, { 0 } }
#define IRQS(T, ...) \
    IRQ_TABLE(IRQS_PICK(__VA_ARGS__, IRQS_8, IRQS_7, IRQS_6, IRQS_5, IRQS_4, IRQS_3, IRQS_2, \
                        IRQS_1, )(T, __VA_ARGS__))
#define IRQS_PICK(a, b, c, d, e, f, g, h, pick, ...) pick
#define IRQS_1(T, f)      IRQ(T, f)
#define IRQS_2(T, f, ...) IRQ(T, f), IRQS_1(T, __VA_ARGS__)
#define IRQS_3(T, f, ...) IRQ(T, f), IRQS_2(T, __VA_ARGS__)
#define IRQS_4(T, f, ...) IRQ(T, f), IRQS_3(T, __VA_ARGS__)
#define IRQS_5(T, f, ...) IRQ(T, f), IRQS_4(T, __VA_ARGS__)
#define IRQS_6(T, f, ...) IRQ(T, f), IRQS_5(T, __VA_ARGS__)
#define IRQS_7(T, f, ...) IRQ(T, f), IRQS_6(T, __VA_ARGS__)
#define IRQS_8(T, f, ...) IRQ(T, f), IRQS_7(T, __VA_ARGS__)

/* .inputs: INPUTS(INPUT("irq", set_irq, 32), INPUT("enable", set_enable, 1)).  A handler gets the
 * number within its own group.  The flat number counts through all groups: "vic.12" is input 12. */
typedef struct InputDef {
    const char *name;
    void      (*handler)(Device *dev, int n, int level);
    unsigned    count;
} InputDef;
#define INPUT(name, handler, count) { name, handler, count }
#define INPUTS(...) (const InputDef[]) { __VA_ARGS__, { 0 } }

struct DevicePin {
    Device         *dev;
    const InputDef *def;
};

/* --- Properties ------------------------------------------------------------------------------- */

typedef enum {
    PROP_KIND_NONE, PROP_KIND_U32, PROP_KIND_U64, PROP_KIND_BOOL, PROP_KIND_STRING, PROP_KIND_ENUM,
    PROP_KIND_LINK, PROP_KIND_MEMORY, PROP_KIND_REGION, PROP_KIND_CHAR, PROP_KIND_DRIVE,
    PROP_KIND_NET,
} PropKind;

typedef struct PropDef {
    const char        *name;
    PropKind           kind;
    uint32_t           offset;
    uint64_t           fallback;        /* .fallback = 24000000: value when not given (numbers) */
    const char        *text;            /* the same for strings; class name wanted for links */
    const char *const *words;           /* of an enum: values 0, 1, ... */
    bool               required;
    const char        *about;           /* one line for `-device help` */
} PropDef;

/* Numbers take 0x, and the suffixes K M G (times 1024).  The field's type is checked.
 * Further fields by name: PROP_U32("clock", Pl011, clk, .fallback = 24000000, .about = "in Hz"). */
#define PROP_ROW(n, k, type, T, f, ...)                                                   \
    { .name = n, .kind = PROP_KIND_##k,                                                   \
      .offset = offsetof(T, f) + 0 * sizeof((type *)0 == &((T *)0)->f), ##__VA_ARGS__ }
#define PROP_U32(n, T, f, ...)    PROP_ROW(n, U32, uint32_t, T, f, ##__VA_ARGS__)
#define PROP_U64(n, T, f, ...)    PROP_ROW(n, U64, uint64_t, T, f, ##__VA_ARGS__)
#define PROP_BOOL(n, T, f, ...)   PROP_ROW(n, BOOL, bool, T, f, ##__VA_ARGS__)
#define PROP_STRING(n, T, f, ...) PROP_ROW(n, STRING, const char *, T, f, ##__VA_ARGS__)
/* The field is a uint32_t; ENUM_WORDS("keyboard", "mouse") gives its values. */
#define PROP_ENUM(n, T, f, words_, ...) \
    PROP_ROW(n, ENUM, uint32_t, T, f, .words = words_, ##__VA_ARGS__)
#define ENUM_WORDS(...) (const char *const[]) { __VA_ARGS__, NULL }
/* The field is a Device *: another device by id, which the machine makes earlier in its table. */
#define PROP_LINK(n, T, f, ...)   PROP_ROW(n, LINK, Device *, T, f, ##__VA_ARGS__)
/* The field is an AddressSpace *: where a DMA master reads and writes.  The machine gives the
 * system's when the property is not set. */
#define PROP_MEMORY(n, T, f, ...) PROP_ROW(n, MEMORY, AddressSpace *, T, f, ##__VA_ARGS__)
/* The field is a MemoryRegion *: one of the machine's memory table, for chips that decide where it
 * is seen. */
#define PROP_REGION(n, T, f, ...) PROP_ROW(n, REGION, MemoryRegion *, T, f, ##__VA_ARGS__)
/* Pointers to host ends made by io/: NULL when not given, which every device must live with. */
#define PROP_CHAR(n, T, f, ...) \
    { .name = n, .kind = PROP_KIND_CHAR, .offset = offsetof(T, f), ##__VA_ARGS__ }
#define PROP_DRIVE(n, T, f, ...) \
    { .name = n, .kind = PROP_KIND_DRIVE, .offset = offsetof(T, f), ##__VA_ARGS__ }
#define PROP_NET(n, T, f, ...) \
    { .name = n, .kind = PROP_KIND_NET, .offset = offsetof(T, f), ##__VA_ARGS__ }
#define PROPS(...) (const PropDef[]) { __VA_ARGS__, { 0 } }

/* How a CHAR, DRIVE, NET, LINK, MEMORY or REGION property's value becomes a pointer: set by the machine
 * builder and by emu/ (system/ knows no io/).  Returns false with err; *out may become NULL. */
typedef bool (*PropResolver)(PropKind kind, const char *value, void **out, GError **err);
void device_set_resolver(PropResolver fn);

/* --- State ------------------------------------------------------------------------------------ */

typedef enum {
    STATE_KIND_NONE, STATE_KIND_U8, STATE_KIND_U16, STATE_KIND_U32, STATE_KIND_U64, STATE_KIND_BOOL,
    STATE_KIND_FIFO8, STATE_KIND_TIMER, STATE_KIND_BYTES,
} StateKind;

/*
 * What must survive and registers do not hold.  At reset a row becomes `.reset` (zero; a FIFO is
 * emptied, a timer cancelled) unless `.keep`.  In a snapshot all rows are found by name.
 *     STATE(STATE_U32(Pl050, shift), STATE_BOOL(Pl050, busy, .reset = 1), STATE_FIFO8(Pl011, rx))
 */
typedef struct StateDef {
    const char *name;
    StateKind   kind;
    uint32_t    offset, size;           /* of the field, in bytes; arrays have several elements */
    uint64_t    reset;
    bool        keep;                   /* survives reset: settings, non-volatile memory */
    uint32_t    len_offset;             /* STATE_BYTES: a uint64_t field with the length */
    uint32_t    depth;                  /* STATE_FIFO8: made by the core; 0: realize makes it */
} StateDef;

#define STATE_ROW(k, type, T, f, ...)                                                       \
    { .name = #f, .kind = STATE_KIND_##k,                                                   \
      .offset = offsetof(T, f) + 0 * sizeof((type *)0 == &((T *)0)->f),                     \
      .size = sizeof(((T *)0)->f), ##__VA_ARGS__ }
#define STATE_U8(T, f, ...)    STATE_ROW(U8, uint8_t, T, f, ##__VA_ARGS__)
#define STATE_U16(T, f, ...)   STATE_ROW(U16, uint16_t, T, f, ##__VA_ARGS__)
#define STATE_U32(T, f, ...)   STATE_ROW(U32, uint32_t, T, f, ##__VA_ARGS__)
#define STATE_U64(T, f, ...)   STATE_ROW(U64, uint64_t, T, f, ##__VA_ARGS__)
#define STATE_BOOL(T, f, ...)  STATE_ROW(BOOL, bool, T, f, ##__VA_ARGS__)
/* An int32_t or int64_t is a STATE_I32 or STATE_I64. */
#define STATE_I32(T, f, ...)   STATE_ROW(U32, int32_t, T, f, ##__VA_ARGS__)
#define STATE_I64(T, f, ...)   STATE_ROW(U64, int64_t, T, f, ##__VA_ARGS__)
/* A one- or more-dimensional array of the named kind: STATE_ARRAY(U32, Pl190, vect_addr). */
#define STATE_ARRAY(k, T, f, ...)                                                           \
    { .name = #f, .kind = STATE_KIND_##k, .offset = offsetof(T, f),                         \
      .size = sizeof(((T *)0)->f), ##__VA_ARGS__ }
#define STATE_FIFO8(T, f, ...) STATE_ROW(FIFO8, Fifo8, T, f, ##__VA_ARGS__)
#define STATE_TIMER(T, f, ...) STATE_ROW(TIMER, Timer, T, f, ##__VA_ARGS__)
/* A buffer behind a pointer, whose length is in the uint64_t field len; kept at reset. */
#define STATE_BYTES(T, f, len, ...)                                                         \
    { .name = #f, .kind = STATE_KIND_BYTES, .offset = offsetof(T, f), .keep = true,         \
      .len_offset = offsetof(T, len) + 0 * sizeof((uint64_t *)0 == &((T *)0)->len),         \
      ##__VA_ARGS__ }
#define STATE(...) (const StateDef[]) { __VA_ARGS__, { 0 } }

/* --- Classes ---------------------------------------------------------------------------------- */

struct DeviceClass {
    const char      *name, *about;
    const char      *bus;               /* NULL: memory-mapped; else "sd", "pci", ... */
    size_t           size;              /* of the device's struct */
    const WindowDef *regs;
    const IrqDef    *irqs;
    const InputDef  *inputs;
    const PropDef   *props;
    const StateDef  *state;
    /* Properties are set, windows and FIFOs made: attach ports, init timers, check values.  Windows
     * added here come after those of the table. */
    bool           (*realize)(Device *dev, GError **err);
    /* After the tables' reset values are in place: what they cannot say.  Outputs are low by then;
     * raise here those that idle high.  Do not clear what an input handler stored: its row of
     * state was cleared before any device's reset ran, and a neighbour may have raised it since. */
    void           (*reset)(Device *dev);
    void           (*unrealize)(Device *dev);
    void           (*saving)(Device *dev);              /* before the state is read */
    bool           (*loaded)(Device *dev, GError **err);/* after it was written: check, derive */
    /* One more section of the dump for what rows cannot show. */
    void           (*dump)(Device *dev, GString *out);
};

/* The registry, set once at the start from hw/devices.def. */
void device_registry_set(const DeviceClass *const *classes, unsigned n);
const DeviceClass *device_class_find(const char *name, GError **err);
/* All classes in order; n is the return value. */
unsigned device_classes(const DeviceClass *const **classes);
/* `-device help` and `-device TYPE,help`. */
void device_class_help(const DeviceClass *class, GString *out);

/* --- Instances -------------------------------------------------------------------------------- */

Device *device_new(const char *type, const char *id, GError **err);
Device *device_new_class(const DeviceClass *class, const char *id);
/* "key=value"; for a bool also "key". */
bool device_set(Device *dev, const char *assignment, GError **err);
bool device_set_prop(Device *dev, const char *name, const char *value, GError **err);
/* For tests and builders: a pointer property by value. */
bool device_set_pointer(Device *dev, const char *name, void *value, GError **err);
bool device_realize(Device *dev, GError **err);
void device_free(Device *dev);

/* One device's reset; those its lines go to are told what became of them.  A machine does the first
 * half (tables, outputs low without telling) for all devices, then the second for all. */
void device_reset(Device *dev);
void device_reset_state(Device *dev);
void device_reset_finish(Device *dev);

/* Appends; the format names its rows, so it survives reordering of tables. */
void device_save(Device *dev, GByteArray *out);
/* Consumes from *data, *len what device_save() appended. */
bool device_load(Device *dev, const uint8_t **data, size_t *len, GError **err);
/* Registers, state and lines as text, without side effects on the device. */
void device_dump(Device *dev, GString *out);

/* Outputs and inputs by flat number; NULL or false when there is none. */
IrqLine *device_irq(Device *dev, unsigned n);
IrqLine *device_irq_named(Device *dev, const char *name);       /* "irq", "out[3]" */
unsigned device_n_irqs(const Device *dev);
bool device_input(Device *dev, unsigned n, IrqSink *sink);
bool device_input_named(Device *dev, const char *name, IrqSink *sink);  /* "12", "en", "ppi[3]" */
