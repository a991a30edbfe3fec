/* SPDX-License-Identifier: MIT */
/*
 * PL190, the ARM PrimeCell vectored interrupt controller: 32 inputs, an IRQ and an FIQ output,
 * 16 vectors in order of priority and a default vector below them.
 * Implements: ARM DDI 0181E, chapters 2 and 3.
 * Choices: reading VICVECTADDR when nothing is pending gives the default vector and changes no
 * priority.  Writing it ends the most urgent interrupt in service, so handlers may nest.
 * Not here: the daisy chain (VICVECTADDRIN), the test registers, and the port that hands the
 * vector to the processor (no CPU of ours with a PL190 has one).  VICPROTECTION is stored only.
 */
#include "hw/primecell.h"

enum { N_VECTORS = 16, PRIO_DEFAULT = N_VECTORS, PRIO_IDLE = N_VECTORS + 1 };
enum { CNTL_SOURCE = 0x1f, CNTL_ENABLE = 0x20 };

typedef struct Pl190 {
    Device   dev;
    IrqLine  irq, fiq;
    uint32_t level;                     /* of the inputs */
    uint32_t soft, select, enable, protection;
    uint32_t vect_addr[N_VECTORS], vect_cntl[N_VECTORS], def_vect_addr;
    uint32_t in_service;                /* bit p: an interrupt of priority p is being handled */
} Pl190;

#define DEV Pl190
#define PL190(d) DEVICE_AS(Pl190, d)

static uint32_t raw(const Pl190 *s)
{
    return s->level | s->soft;
}

static uint32_t irq_status(const Pl190 *s)
{
    return raw(s) & s->enable & ~s->select;
}

/* The most urgent priority that has a pending interrupt. */
static unsigned pending_priority(const Pl190 *s)
{
    uint32_t status = irq_status(s);
    for (unsigned i = 0; i < N_VECTORS; i++) {
        uint32_t cntl = s->vect_cntl[i];
        if ((cntl & CNTL_ENABLE) && (status & BIT32(cntl & CNTL_SOURCE))) {
            return i;
        }
    }
    return status ? PRIO_DEFAULT : PRIO_IDLE;
}

static unsigned current_priority(const Pl190 *s)
{
    return s->in_service ? (unsigned)__builtin_ctz(s->in_service) : PRIO_IDLE;
}

static void update(Device *dev)
{
    Pl190 *s = PL190(dev);
    irq_set(&s->irq, pending_priority(s) < current_priority(s));
    irq_set(&s->fiq, raw(s) & s->enable & s->select);
}

static void set_input(Device *dev, int n, int level)
{
    Pl190 *s = PL190(dev);
    s->level = deposit32(s->level, n, 1, level);
    update(dev);
}

static uint32_t irqstatus_read(Device *dev)
{
    return irq_status(PL190(dev));
}

static uint32_t fiqstatus_read(Device *dev)
{
    Pl190 *s = PL190(dev);
    return raw(s) & s->enable & s->select;
}

static uint32_t rawintr_read(Device *dev)
{
    return raw(PL190(dev));
}

static void intenable_write(Device *dev, uint32_t value)
{
    PL190(dev)->enable |= value;
    update(dev);
}

static void intenclear_write(Device *dev, uint32_t value)
{
    PL190(dev)->enable &= ~value;
    update(dev);
}

static void softint_write(Device *dev, uint32_t value)
{
    PL190(dev)->soft |= value;
    update(dev);
}

static void softintclear_write(Device *dev, uint32_t value)
{
    PL190(dev)->soft &= ~value;
    update(dev);
}

/* The handler's address; from now on only more urgent interrupts get through. */
static uint32_t vectaddr_read(Device *dev)
{
    Pl190 *s = PL190(dev);
    unsigned prio = pending_priority(s);
    if (prio >= current_priority(s)) {
        return s->def_vect_addr;
    }
    s->in_service |= BIT32(prio);
    update(dev);
    return prio < N_VECTORS ? s->vect_addr[prio] : s->def_vect_addr;
}

static void vectaddr_write(Device *dev, uint32_t value)
{
    Pl190 *s = PL190(dev);
    s->in_service &= s->in_service - 1;
    update(dev);
}

static const RegDef pl190_regs[] = {
    { 0x000, "IRQSTATUS",    .read = irqstatus_read },
    { 0x004, "FIQSTATUS",    .read = fiqstatus_read },
    { 0x008, "RAWINTR",      .read = rawintr_read },
    { 0x00c, "INTSELECT",    AT(select), .writable = ~0u, .changed = update },
    { 0x010, "INTENABLE",    AT(enable), .write = intenable_write },
    { 0x014, "INTENCLEAR",   .write = intenclear_write },
    { 0x018, "SOFTINT",      AT(soft), .write = softint_write },
    { 0x01c, "SOFTINTCLEAR", .write = softintclear_write },
    { 0x020, "PROTECTION",   AT(protection), .writable = 1 },
    { 0x030, "VECTADDR",     .read = vectaddr_read, .write = vectaddr_write },
    { 0x034, "DEFVECTADDR",  AT(def_vect_addr), .writable = ~0u },
    { 0x100, "VECTADDR",     AT(vect_addr), .writable = ~0u, .count = N_VECTORS },
    { 0x200, "VECTCNTL",     AT(vect_cntl), .writable = 0x3f, .count = N_VECTORS,
      .changed = update },
    PRIMECELL_ID(0x00041190),
};

const DeviceClass pl190 = {
    .name   = "pl190", .about = "ARM PrimeCell vectored interrupt controller",
    .size   = sizeof(Pl190),
    .regs   = REGS(pl190_regs, 0x1000, ACCESS_ANY),
    .irqs   = IRQS(Pl190, irq, fiq),
    .inputs = INPUTS(INPUT("irq", set_input, 32)),
    .state  = STATE(STATE_U32(Pl190, level), STATE_U32(Pl190, in_service)),
};
