/* SPDX-License-Identifier: MIT */
/*
 * 82093AA I/O APIC: 24 inputs, each with an entry that says what message its interrupt is.
 * Implements: Intel 82093AA data sheet (290566).
 *
 * Choices: inputs are levels of what the wire means (1: asserted), so that the polarity bit is
 * stored only.  An edge on a masked input is lost, as the data sheet says (3.2.4).
 */
#include "hw/intc/apic.h"

enum { N_INPUTS = 24, VERSION = 0x11 };
enum {
    ENTRY_MODE = 7 << 8, ENTRY_LOGICAL = 1 << 11, ENTRY_REMOTE_IRR = 1 << 14,
    ENTRY_LEVEL = 1 << 15, ENTRY_MASKED = 1 << 16,
};
#define ENTRY_WRITABLE UINT64_C(0xff0000000001afff)
enum { REG_ID, REG_VERSION, REG_ARB, REG_TABLE = 0x10 };

typedef struct IoApic {
    Device   dev;
    Device  *apic;
    uint32_t select, id;
    uint32_t levels;                    /* of the inputs */
    uint32_t waiting;                   /* those with remote IRR set */
    uint64_t table[N_INPUTS];
} IoApic;
#define DEV IoApic
#define IOAPIC(d) DEVICE_AS(IoApic, d)

/* --- Interrupts ------------------------------------------------------------------------------- */

static void send(IoApic *s, unsigned n)
{
    uint64_t e = s->table[n];
    uint64_t address = APIC_MESSAGES | (e >> 56 & 0xff) << 12 | (e & ENTRY_LOGICAL ? 4 : 0);
    uint32_t level = e & ENTRY_LEVEL ? 3 << 14 : 0;             /* asserted, by level */
    if (s->apic) {
        apic_deliver(s->apic, address, (e & (ENTRY_MODE | 0xff)) | level);
    }
}

/* Fixed and lowest priority interrupts by level wait for their EOI. */
static bool by_level(uint64_t e)
{
    return e & ENTRY_LEVEL && (e & ENTRY_MODE) <= 1 << 8;
}

static void serve_level(IoApic *s, unsigned n)
{
    uint64_t *e = &s->table[n];
    if (s->levels >> n & 1 && by_level(*e) && !(*e & (ENTRY_MASKED | ENTRY_REMOTE_IRR))) {
        *e |= ENTRY_REMOTE_IRR;
        s->waiting |= BIT32(n);
        send(s, n);
    }
}

static void set_input(Device *dev, int n, int level)
{
    IoApic *s = IOAPIC(dev);
    bool rises = level && !(s->levels >> n & 1);
    s->levels = deposit32(s->levels, n, 1, level);
    if (by_level(s->table[n])) {
        serve_level(s, n);
    } else if (rises && !(s->table[n] & ENTRY_MASKED)) {
        send(s, n);
    }
}

static void on_eoi(void *opaque, uint8_t vector)
{
    IoApic *s = opaque;
    for (uint32_t left = s->waiting; left; left &= left - 1) {
        unsigned n = __builtin_ctz(left);
        if ((s->table[n] & 0xff) == vector) {
            s->table[n] &= ~(uint64_t)ENTRY_REMOTE_IRR;
            s->waiting &= ~BIT32(n);
            serve_level(s, n);
        }
    }
}

/* --- Registers -------------------------------------------------------------------------------- */

static uint32_t window_read(Device *dev)
{
    IoApic *s = IOAPIC(dev);
    unsigned i = s->select - REG_TABLE;
    switch (s->select) {
    case REG_ID:
    case REG_ARB:     return s->id;
    case REG_VERSION: return (N_INPUTS - 1) << 16 | VERSION;
    default:          return i < 2 * N_INPUTS ? s->table[i / 2] >> (i % 2 * 32) : 0;
    }
}

/* An entry that becomes one by edges forgets that it waits for an EOI. */
static void write_entry(IoApic *s, unsigned i, uint32_t v)
{
    uint64_t *e = &s->table[i / 2], now = deposit64(*e, i % 2 * 32, 32, v);
    *e = (now & ENTRY_WRITABLE) | (*e & ENTRY_REMOTE_IRR);
    if (!by_level(*e)) {
        *e &= ~(uint64_t)ENTRY_REMOTE_IRR;
        s->waiting &= ~BIT32(i / 2);
    }
    serve_level(s, i / 2);
}

static void window_write(Device *dev, uint32_t v)
{
    IoApic *s = IOAPIC(dev);
    unsigned i = s->select - REG_TABLE;
    if (s->select == REG_ID) {
        s->id = v & 0x0f000000;
    } else if (i < 2 * N_INPUTS) {
        write_entry(s, i, v);
    } else {
        log_guest(dev, "write of %#x to read-only register %#x", v, s->select);
    }
}

static const RegDef ioapic_regs[] = {
    { 0x00, "IOREGSEL", AT(select), .writable = 0xff },
    { 0x10, "IOWIN",    .read = window_read, .write = window_write },
};

/* --- Life ------------------------------------------------------------------------------------- */

static bool ioapic_realize(Device *dev, GError **err)
{
    IoApic *s = IOAPIC(dev);
    if (s->apic) {
        apic_on_eoi(s->apic, on_eoi, s);
    }
    return true;
}

static void ioapic_reset(Device *dev)
{
    for (unsigned n = 0; n < N_INPUTS; n++) {
        IOAPIC(dev)->table[n] = ENTRY_MASKED;
    }
}

static bool ioapic_loaded(Device *dev, GError **err)
{
    IoApic *s = IOAPIC(dev);
    s->waiting = 0;
    for (unsigned n = 0; n < N_INPUTS; n++) {
        s->waiting |= s->table[n] & ENTRY_REMOTE_IRR ? BIT32(n) : 0;
    }
    return true;
}

const DeviceClass ioapic = {
    .name    = "ioapic", .about = "82093AA I/O APIC",
    .size    = sizeof(IoApic),
    .regs    = REGS(ioapic_regs, 0x1000, ACCESS_ANY),
    .inputs  = INPUTS(INPUT("irq", set_input, N_INPUTS)),
    .props   = PROPS(PROP_LINK("apic", IoApic, apic, .text = "apic", .required = true,
                               .about = "where its messages go")),
    .state   = STATE(STATE_U32(IoApic, id), STATE_U32(IoApic, levels), STATE_U32(IoApic, waiting),
                     STATE_ARRAY(U64, IoApic, table)),
    .realize = ioapic_realize, .reset = ioapic_reset, .loaded = ioapic_loaded,
};
