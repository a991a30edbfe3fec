/* SPDX-License-Identifier: MIT */
/*
 * Two 8259A interrupt controllers, cascaded as in the PC/AT, with the edge/level registers (ELCR)
 * of PCI chipsets.
 * Implements: Intel 8259A data sheet (231468) and, for ELCR, the 82371SB (PIIX3) data sheet.
 *
 *     inputs 0..15      "irq[n]"; input 2 is the cascade's and not connected
 *     output            "int", to the processor
 *     windows           "master" (port 0x20), "slave" (0xa0), "elcr" (0x4d0)
 *
 * Choices: LTIM of ICW1 does nothing, as in the chipset; ELCR decides.  A request whose input goes
 * low before it is acknowledged is gone (data sheet, "Edge and level triggered modes"): it becomes
 * a spurious interrupt 7 if the processor was on its way (also one of the slave's, whose output
 * goes low with it, so that there is no spurious 15).  ICW1 clears ISR too.
 * Not here: MCS-80/85 mode (ICW4 bit 0 clear is taken as 8086 mode), buffered mode.
 */
#include "hw/intc/i8259.h"

enum { MASTER, SLAVE };
enum { CASCADE = 2 };                           /* the master's input that the slave drives */
enum { INIT_DONE, WANT_ICW2, WANT_ICW3, WANT_ICW4 };
enum {
    ICW1_IC4 = 0x01, ICW1_SNGL = 0x02, ICW1 = 0x10,
    ICW4_8086 = 0x01, ICW4_AEOI = 0x02, ICW4_SFNM = 0x10,
    OCW3 = 0x08, OCW3_RIS = 0x01, OCW3_RR = 0x02, OCW3_POLL = 0x04, OCW3_SMM = 0x20,
    OCW3_ESMM = 0x40,
};

typedef struct Chip {
    uint8_t lines, edges;                       /* inputs; edges not yet acknowledged */
    uint8_t imr, isr, elcr;
    uint8_t icw1, icw2, icw3, icw4, init;
    uint8_t lowest;                             /* the input of lowest priority */
    bool    rotate_aeoi, special_mask, read_isr, poll;
} Chip;

typedef struct I8259 {
    Device  dev;
    IrqLine intr;
    Chip    chip[2];
} I8259;
#define I8259(d) DEVICE_AS(I8259, d)

/* --- Priorities ------------------------------------------------------------------------------- */

static uint8_t irr(const Chip *c)
{
    return c->lines & (c->edges | c->elcr);
}

/* How far the best of a set of inputs is from the highest priority; 8: the set is empty. */
static unsigned best_rank(const Chip *c, uint8_t set)
{
    unsigned first = (c->lowest + 1) & 7;
    uint8_t rotated = set >> first | set << (8 - first);
    return rotated ? (unsigned)__builtin_ctz(rotated) : 8;
}

static unsigned input_of_rank(const Chip *c, unsigned rank)
{
    return (c->lowest + 1 + rank) & 7;
}

/* The input that may interrupt now, or -1.  In special mask mode what is masked does not hold
 * others back; with the special fully nested mode the slave's input does not hold back itself. */
static int ready_input(const Chip *c)
{
    unsigned rank = best_rank(c, irr(c) & ~c->imr);
    if (rank == 8) {
        return -1;
    }
    unsigned n = input_of_rank(c, rank);
    uint8_t holding = c->special_mask ? c->isr & ~c->imr : c->isr;
    if (c->icw4 & ICW4_SFNM && c->icw3 >> n & 1) {
        holding &= ~BIT32(n);
    }
    return rank < best_rank(c, holding) ? (int)n : -1;
}

static bool cascaded(const I8259 *s, unsigned input)
{
    return input == CASCADE && !(s->chip[MASTER].icw1 & ICW1_SNGL);
}

static void set_line(Chip *c, unsigned n, bool level)
{
    uint8_t bit = BIT32(n);
    if (!level) {
        c->lines &= ~bit;
        c->edges &= ~bit;
    } else if (!(c->lines & bit)) {
        c->lines |= bit;
        c->edges |= bit;
    }
}

static void update(I8259 *s)
{
    if (cascaded(s, CASCADE)) {
        set_line(&s->chip[MASTER], CASCADE, ready_input(&s->chip[SLAVE]) >= 0);
    }
    irq_set(&s->intr, ready_input(&s->chip[MASTER]) >= 0);
}

/* --- Acknowledging ---------------------------------------------------------------------------- */

static void end_of_interrupt(Chip *c, unsigned n, bool rotate)
{
    c->isr &= ~BIT32(n);
    if (rotate) {
        c->lowest = n;
    }
}

static void in_service(Chip *c, unsigned n)
{
    c->edges &= ~BIT32(n);
    c->isr |= BIT32(n);
    if (c->icw4 & ICW4_AEOI) {
        end_of_interrupt(c, n, c->rotate_aeoi);
    }
}

/* The vector of one chip; a request that is gone is number 7, and not in service. */
static int chip_acknowledge(Chip *c, int *input)
{
    *input = ready_input(c);
    if (*input >= 0) {
        in_service(c, *input);
    }
    return (c->icw2 & 0xf8) | (*input >= 0 ? *input : 7);
}

int i8259_acknowledge(Device *dev)
{
    I8259 *s = I8259(dev);
    int input;
    int slave_vector = 0;
    bool from_slave = cascaded(s, CASCADE) && ready_input(&s->chip[MASTER]) == CASCADE;
    if (from_slave) {
        int slave_input;
        slave_vector = chip_acknowledge(&s->chip[SLAVE], &slave_input);
        /* The slave answers when its ICW3 is the number on the cascade lines. */
        slave_vector = (s->chip[SLAVE].icw3 & 7) == CASCADE ? slave_vector : 0xff;
    }
    int vector = chip_acknowledge(&s->chip[MASTER], &input);
    update(s);
    return from_slave ? slave_vector : vector;
}

bool i8259_pending(const Device *dev)
{
    return irq_level(&((const I8259 *)(const void *)dev)->intr);
}

/* --- Commands --------------------------------------------------------------------------------- */

static void write_icw1(Chip *c, uint8_t v)
{
    c->icw1 = v;
    c->init = WANT_ICW2;
    c->edges = 0;
    c->imr = c->isr = 0;
    c->lowest = 7;
    c->special_mask = c->read_isr = c->poll = false;
    if (!(v & ICW1_IC4)) {
        c->icw4 = 0;
        c->rotate_aeoi = false;
    }
}

/* OCW2: rotate, specific, end of interrupt; the input in bits 2..0. */
static void write_ocw2(I8259 *s, Chip *c, uint8_t v)
{
    /* An in-service input that is masked is not ended by a non-specific EOI in special mask mode. */
    unsigned rank = best_rank(c, c->special_mask ? c->isr & ~c->imr : c->isr), n = v & 7;
    switch (v >> 5) {
    case 0:
    case 4:
        c->rotate_aeoi = v >> 7;
        break;
    case 1:
    case 5:
        if (rank < 8) {
            end_of_interrupt(c, input_of_rank(c, rank), v >> 7);
        }
        break;
    case 3:
    case 7:
        end_of_interrupt(c, n, v >> 7);
        break;
    case 6:
        c->lowest = n;
        break;
    default:
        log_guest(&s->dev, "OCW2 %#x does nothing", v);
        break;
    }
}

static void write_ocw3(Chip *c, uint8_t v)
{
    if (v & OCW3_ESMM) {
        c->special_mask = v & OCW3_SMM;
    }
    if (v & OCW3_POLL) {
        c->poll = true;
    } else if (v & OCW3_RR) {
        c->read_isr = v & OCW3_RIS;
    }
}

static void command_write(I8259 *s, unsigned which, uint8_t v)
{
    Chip *c = &s->chip[which];
    if (v & ICW1) {
        write_icw1(c, v);
    } else if (v & OCW3) {
        write_ocw3(c, v);
    } else {
        write_ocw2(s, c, v);
    }
    update(s);
}

static void data_write(I8259 *s, unsigned which, uint8_t v)
{
    Chip *c = &s->chip[which];
    switch (c->init) {
    case WANT_ICW2:
        c->icw2 = v;
        c->init = !(c->icw1 & ICW1_SNGL) ? WANT_ICW3 : c->icw1 & ICW1_IC4 ? WANT_ICW4 : INIT_DONE;
        break;
    case WANT_ICW3:
        c->icw3 = v;
        c->init = c->icw1 & ICW1_IC4 ? WANT_ICW4 : INIT_DONE;
        break;
    case WANT_ICW4:
        c->icw4 = v;
        c->init = INIT_DONE;
        if (!(v & ICW4_8086)) {
            log_unimp(&s->dev, "MCS-80/85 mode");
        }
        break;
    default:
        c->imr = v;
        break;
    }
    update(s);
}

/* A poll's answer is an acknowledge without a vector. */
static uint8_t poll_read(I8259 *s, Chip *c)
{
    int input;
    c->poll = false;
    chip_acknowledge(c, &input);
    update(s);
    return input >= 0 ? 0x80 | input : 0;
}

static uint8_t port_read(I8259 *s, unsigned which, bool data)
{
    Chip *c = &s->chip[which];
    if (c->poll) {
        return poll_read(s, c);
    }
    return data ? c->imr : c->read_isr ? c->isr : irr(c);
}

/* --- Registers -------------------------------------------------------------------------------- */

#define CHIP_PORTS(name, which)                                                             \
    static uint32_t name##_read(Device *dev, unsigned i)                                     \
    {                                                                                        \
        return port_read(I8259(dev), which, i);                                              \
    }                                                                                        \
    static void name##_write(Device *dev, unsigned i, uint32_t v)                            \
    {                                                                                        \
        (i ? data_write : command_write)(I8259(dev), which, v);                              \
    }                                                                                        \
    static const RegDef name##_regs[] = {                                                    \
        { 0, "OCW", .read_at = name##_read, .write_at = name##_write, .count = 2, .width = 1 }, \
    };

CHIP_PORTS(master, MASTER)
CHIP_PORTS(slave, SLAVE)

static void elcr_changed(Device *dev)
{
    update(I8259(dev));
}

#define DEV I8259
static const RegDef elcr_regs[] = {
    /* The system's own inputs (timer, keyboard, cascade, clock, coprocessor) are always edges. */
    { 0, "ELCR1", AT(chip[MASTER].elcr), .writable = 0xf8, .width = 1, .changed = elcr_changed },
    { 1, "ELCR2", AT(chip[SLAVE].elcr),  .writable = 0xde, .width = 1, .changed = elcr_changed },
};
#undef DEV

static void set_irq(Device *dev, int n, int level)
{
    I8259 *s = I8259(dev);
    if (cascaded(s, n)) {
        return;
    }
    set_line(&s->chip[n / 8], n % 8, level);
    update(s);
}

/* --- Life ------------------------------------------------------------------------------------- */

/* Nothing interrupts before the chips are programmed. */
static void i8259_reset(Device *dev)
{
    I8259 *s = I8259(dev);
    for (unsigned i = 0; i < 2; i++) {
        s->chip[i].imr = 0xff;
        s->chip[i].lowest = 7;
    }
}

static bool i8259_loaded(Device *dev, GError **err)
{
    for (unsigned i = 0; i < 2; i++) {
        I8259(dev)->chip[i].lowest &= 7;
    }
    return true;
}

#define CHIP_STATE(f)                                                                         \
    STATE_U8(I8259, f.lines), STATE_U8(I8259, f.edges), STATE_U8(I8259, f.imr),               \
    STATE_U8(I8259, f.isr), STATE_U8(I8259, f.icw1), STATE_U8(I8259, f.icw2),                 \
    STATE_U8(I8259, f.icw3), STATE_U8(I8259, f.icw4), STATE_U8(I8259, f.init),                \
    STATE_U8(I8259, f.lowest), STATE_BOOL(I8259, f.rotate_aeoi),                              \
    STATE_BOOL(I8259, f.special_mask), STATE_BOOL(I8259, f.read_isr), STATE_BOOL(I8259, f.poll)

const DeviceClass i8259 = {
    .name    = "i8259", .about = "the PC's pair of 8259A interrupt controllers",
    .size    = sizeof(I8259),
    .regs    = WINDOWS(REG_WINDOW("master", master_regs, 2, ACCESS_ANY),
                       REG_WINDOW("slave", slave_regs, 2, ACCESS_ANY),
                       REG_WINDOW("elcr", elcr_regs, 2, ACCESS_ANY)),
    .irqs    = IRQ_TABLE({ "int", offsetof(I8259, intr), sizeof(IrqLine) }),
    .inputs  = INPUTS(INPUT("irq", set_irq, 16)),
    .state   = STATE(CHIP_STATE(chip[MASTER]), CHIP_STATE(chip[SLAVE])),
    .reset   = i8259_reset,
    .loaded  = i8259_loaded,
};
