/* SPDX-License-Identifier: MIT */
/*
 * PL022, the ARM PrimeCell synchronous serial port.
 * Implements: ARM DDI 0194G, chapters 2 and 3.
 * Frames move as soon as the port is enabled and the transmit FIFO has some, so it is never busy.
 * Choices: nothing is wired to its pins: what a master receives is 0 (SSPRXD is pulled down), unless
 * the loop back mode is on.  The receive time-out comes at once when frames are left in the FIFO.
 * Not here: slave mode (no frame ever comes), DMA requests, frame formats (there is nobody to tell
 * them apart).
 */
#include "hw/primecell.h"

enum { CR1_LBM = 1, CR1_SSE = 2, CR1_MS = 4 };
enum { SR_TFE = 0x01, SR_TNF = 0x02, SR_RNE = 0x04, SR_RFF = 0x08 };
enum { INT_ROR = 1, INT_RT = 2, INT_RX = 4, INT_TX = 8 };
enum { DEPTH = 8 };

typedef struct Ring {
    uint16_t data[DEPTH];
    uint8_t  head, num;
} Ring;

typedef struct Pl022 {
    Device   dev;
    IrqLine  irq;
    Ring     tx, rx;
    uint32_t cr0, cr1, cpsr, imsc, ris, dmacr;      /* ris: only what is latched, ROR and RT */
} Pl022;

#define DEV Pl022
#define PL022(d) DEVICE_AS(Pl022, d)

static void push(Ring *r, uint16_t v)
{
    r->data[(r->head + r->num++) % DEPTH] = v;
}

static uint16_t pop(Ring *r)
{
    uint16_t v = r->data[r->head];
    r->head = (r->head + 1) % DEPTH;
    r->num--;
    return v;
}

/* --- Interrupts ------------------------------------------------------------------------------- */

static uint32_t ris_read(Device *dev)
{
    Pl022 *s = PL022(dev);
    return s->ris | (s->rx.num >= DEPTH / 2 ? INT_RX : 0) | (s->tx.num <= DEPTH / 2 ? INT_TX : 0);
}

static uint32_t mis_read(Device *dev)
{
    return ris_read(dev) & PL022(dev)->imsc;
}

static void update(Device *dev)
{
    irq_set(&PL022(dev)->irq, mis_read(dev));
}

static void icr_write(Device *dev, uint32_t value)
{
    PL022(dev)->ris &= ~(value & (INT_ROR | INT_RT));
    update(dev);
}

/* --- Frames ----------------------------------------------------------------------------------- */

static void transfer(Device *dev)
{
    Pl022 *s = PL022(dev);
    bool on = (s->cr1 & CR1_SSE) && !(s->cr1 & CR1_MS);
    while (on && s->tx.num) {
        uint16_t sent = pop(&s->tx) & mask64((s->cr0 & 15) + 1);
        if (s->rx.num == DEPTH) {
            s->ris |= INT_ROR;
        } else {
            push(&s->rx, s->cr1 & CR1_LBM ? sent : 0);
            s->ris |= INT_RT;
        }
    }
    update(dev);
}

static uint32_t dr_read(Device *dev)
{
    Pl022 *s = PL022(dev);
    if (!s->rx.num) {
        log_guest(dev, "read of the empty FIFO");
        return 0;
    }
    uint32_t v = pop(&s->rx);
    if (!s->rx.num) {
        s->ris &= ~INT_RT;
    }
    update(dev);
    return v;
}

static void dr_write(Device *dev, uint32_t value)
{
    Pl022 *s = PL022(dev);
    if (s->tx.num == DEPTH) {
        log_guest(dev, "write of the full FIFO");
        return;
    }
    push(&s->tx, value);
    transfer(dev);
}

static uint32_t sr_read(Device *dev)
{
    Pl022 *s = PL022(dev);
    return (s->tx.num == 0 ? SR_TFE : 0) | (s->tx.num < DEPTH ? SR_TNF : 0) |
           (s->rx.num ? SR_RNE : 0) | (s->rx.num == DEPTH ? SR_RFF : 0);
}

static void cr1_changed(Device *dev)
{
    if (PL022(dev)->cr1 & CR1_MS) {
        log_unimp(dev, "slave mode");
    }
    transfer(dev);
}

static const RegDef pl022_regs[] = {
    { 0x000, "CR0",   AT(cr0), .writable = 0xffff },
    { 0x004, "CR1",   AT(cr1), .writable = 0x000f, .changed = cr1_changed },
    { 0x008, "DR",    .read = dr_read, .write = dr_write },
    { 0x00c, "SR",    .read = sr_read },
    { 0x010, "CPSR",  AT(cpsr), .writable = 0x00fe },
    { 0x014, "IMSC",  AT(imsc), .writable = 0x000f, .changed = update },
    { 0x018, "RIS",   AT(ris), .read = ris_read },
    { 0x01c, "MIS",   .read = mis_read },
    { 0x020, "ICR",   .write = icr_write },
    { 0x024, "DMACR", AT(dmacr), .writable = 0x0003 },
    PRIMECELL_ID(0x00041022),
};

static bool pl022_loaded(Device *dev, GError **err)
{
    Pl022 *s = PL022(dev);
    return (s->tx.num <= DEPTH && s->rx.num <= DEPTH && s->tx.head < DEPTH && s->rx.head < DEPTH) ||
           fail(err, EMU_ERROR_DATA, "%s: impossible FIFO", dev->id);
}

const DeviceClass pl022 = {
    .name   = "pl022", .about = "ARM PrimeCell synchronous serial port", .size = sizeof(Pl022),
    .regs   = REGS(pl022_regs, 0x1000, ACCESS_ANY),
    .irqs   = IRQS(Pl022, irq),
    .state  = STATE(STATE_ARRAY(U16, Pl022, tx.data), STATE_U8(Pl022, tx.head),
                    STATE_U8(Pl022, tx.num), STATE_ARRAY(U16, Pl022, rx.data),
                    STATE_U8(Pl022, rx.head), STATE_U8(Pl022, rx.num)),
    .loaded = pl022_loaded,
};
