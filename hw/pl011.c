/* SPDX-License-Identifier: MIT */
/*
 * PL011, the ARM PrimeCell UART.  Implements: ARM DDI 0183G, chapter 3.
 * Choices: characters move at once; the baud rate is stored, not timed, so the receive timeout
 * interrupt comes with the first character that stays below the trigger level.  Input waits on the
 * host side while the receiver is off.  Of the modem lines CTS, DSR and DCD are always active.
 * Not here: DMA, IrDA.
 */
#include "hw/primecell.h"
#include "io/char.h"
#include "system/device.h"

enum { FIFO_DEPTH = 16 };

enum {
    FR_CTS  = 1 << 0, FR_DSR  = 1 << 1, FR_DCD  = 1 << 2, FR_BUSY = 1 << 3,
    FR_RXFE = 1 << 4, FR_TXFF = 1 << 5, FR_RXFF = 1 << 6, FR_TXFE = 1 << 7,

    LCR_FEN = 1 << 4,
    CR_UARTEN = 1 << 0, CR_LBE = 1 << 7, CR_TXE = 1 << 8, CR_RXE = 1 << 9,

    INT_RX = 1 << 4, INT_TX = 1 << 5, INT_RT = 1 << 6, INT_BE = 1 << 9, INT_OE = 1 << 10,
    INT_ALL = 0x7ff,

    DR_BE = 1 << 10, DR_OE = 1 << 11,   /* errors that come with a character */
};

typedef struct Pl011 {
    Device    dev;                      /* first, so that a Pl011 * is a Device * */
    IrqLine   irq;
    CharPort *port;
    Fifo8     rx;                       /* the characters */
    uint32_t  rx_break;                 /* how many breaks wait behind them */
    uint32_t  rsr, fr, ilpr, ibrd, fbrd, lcr_h, cr, ifls, imsc, ris, dmacr;
    bool      overrun;                  /* to be told with the next character */
} Pl011;
#define PL011(d) DEVICE_AS(Pl011, d)

/* --- The receiver ----------------------------------------------------------------------------- */

static void update_irq(Device *dev)
{
    Pl011 *s = PL011(dev);
    irq_set(&s->irq, s->ris & s->imsc);
}

/* IFLS bits 5..3: the receive interrupt comes at 1/8, 1/4, 1/2, 3/4 or 7/8 of the FIFO. */
static unsigned rx_trigger(Pl011 *s)
{
    static const uint8_t level[8] = { 2, 4, 8, 12, 14, 14, 14, 14 };
    return s->lcr_h & LCR_FEN ? level[extract32(s->ifls, 3, 3)] : 1;
}

static unsigned rx_waiting(Pl011 *s)
{
    return fifo8_used(&s->rx) + s->rx_break;
}

/* The flags follow from the FIFO; RX and RT are set by arrivals and cleared by reading below. */
static void update_rx_flags(Pl011 *s)
{
    unsigned waiting = rx_waiting(s);
    s->fr &= ~(FR_RXFE | FR_RXFF);
    s->fr |= waiting == 0 ? FR_RXFE : 0;
    s->fr |= waiting >= s->rx.depth ? FR_RXFF : 0;
}

static bool receiving(Pl011 *s)
{
    return (s->cr & (CR_UARTEN | CR_RXE)) == (CR_UARTEN | CR_RXE);
}

static void arrived(Pl011 *s)
{
    s->ris |= rx_waiting(s) >= rx_trigger(s) ? INT_RX : INT_RT;
    update_rx_flags(s);
    update_irq(&s->dev);
}

static void receive(Pl011 *s, uint8_t byte)
{
    if (rx_waiting(s) >= s->rx.depth || !fifo8_push(&s->rx, byte)) {
        s->overrun = true;
        s->ris |= INT_OE;
        update_irq(&s->dev);
        return;
    }
    arrived(s);
}

static unsigned port_can_read(void *opaque)
{
    Pl011 *s = opaque;
    unsigned waiting = rx_waiting(s);
    return receiving(s) && !(s->cr & CR_LBE) && waiting < s->rx.depth ? s->rx.depth - waiting : 0;
}

static void port_read(void *opaque, const uint8_t *buf, unsigned len)
{
    for (unsigned i = 0; i < len; i++) {
        receive(opaque, buf[i]);
    }
}

static void port_event(void *opaque, CharEvent event)
{
    Pl011 *s = opaque;
    if (event == CHAR_BREAK && receiving(s) && rx_waiting(s) < s->rx.depth) {
        s->rx_break++;
        s->ris |= INT_BE;
        arrived(s);
    }
}

/* --- Registers -------------------------------------------------------------------------------- */

static uint32_t dr_read(Device *dev)
{
    Pl011 *s = PL011(dev);
    uint32_t v = 0;
    if (!fifo8_is_empty(&s->rx)) {
        v = fifo8_pop(&s->rx);
    } else if (s->rx_break) {
        s->rx_break--;
        v = DR_BE;
    }
    v |= s->overrun ? DR_OE : 0;
    s->overrun = false;
    s->rsr = extract32(v, 8, 4);        /* FE, PE, BE, OE of this character */
    if (rx_waiting(s) < rx_trigger(s)) {
        s->ris &= ~INT_RX;
    }
    if (rx_waiting(s) == 0) {
        s->ris &= ~INT_RT;              /* DDI 0183G, 3.3.2: cleared when the FIFO becomes empty */
    }
    update_rx_flags(s);
    update_irq(dev);
    char_accept_input(s->port);
    return v;
}

/* The transmit FIFO is never seen to hold anything: each write ends with the interrupt that says
 * it has drained past its trigger level. */
static void dr_write(Device *dev, uint32_t v)
{
    Pl011 *s = PL011(dev);
    uint8_t byte = v;
    if (!(s->cr & CR_UARTEN) || !(s->cr & CR_TXE)) {
        log_guest(dev, "character %#x sent while the transmitter is off", byte);
    }
    if (s->cr & CR_LBE) {
        receive(s, byte);
    } else {
        char_write(s->port, &byte, 1);
    }
    s->ris |= INT_TX;
    update_irq(dev);
}

static void ecr_write(Device *dev, uint32_t v)
{
    PL011(dev)->rsr = 0;
}

static uint32_t mis_read(Device *dev)
{
    Pl011 *s = PL011(dev);
    return s->ris & s->imsc;
}

static void icr_write(Device *dev, uint32_t v)
{
    Pl011 *s = PL011(dev);
    s->ris &= ~v;
    update_irq(dev);
}

/* DDI 0183G, 3.3.7: clearing FEN makes the FIFOs one character deep, and flushes them. */
static void lcr_changed(Device *dev)
{
    Pl011 *s = PL011(dev);
    uint32_t depth = s->lcr_h & LCR_FEN ? FIFO_DEPTH : 1;
    if (depth != s->rx.depth) {
        fifo8_reset(&s->rx);
        s->rx_break = 0;
        fifo8_set_depth(&s->rx, depth);
        update_rx_flags(s);
    }
    char_accept_input(s->port);
}

static void cr_changed(Device *dev)
{
    char_accept_input(PL011(dev)->port);
}

#define DEV Pl011
static const RegDef pl011_regs[] = {
    { 0x000, "DR",      .read = dr_read, .write = dr_write },
    { 0x004, "RSR/ECR", AT(rsr),   .write = ecr_write },
    { 0x018, "FR",      AT(fr),    .reset = FR_TXFE | FR_RXFE | FR_CTS | FR_DSR | FR_DCD },
    { 0x020, "ILPR",    AT(ilpr),  .writable = 0xff },
    { 0x024, "IBRD",    AT(ibrd),  .writable = 0xffff },
    { 0x028, "FBRD",    AT(fbrd),  .writable = 0x3f },
    { 0x02c, "LCR_H",   AT(lcr_h), .writable = 0xff,    .changed = lcr_changed },
    { 0x030, "CR",      AT(cr),    .writable = 0xff87,  .reset = 0x0300, .changed = cr_changed },
    { 0x034, "IFLS",    AT(ifls),  .writable = 0x3f,    .reset = 0x12 },
    { 0x038, "IMSC",    AT(imsc),  .writable = INT_ALL, .changed = update_irq },
    { 0x03c, "RIS",     AT(ris) },
    { 0x040, "MIS",     .read = mis_read },
    { 0x044, "ICR",     .write = icr_write },
    { 0x048, "DMACR",   AT(dmacr), .writable = 0x7 },
    PRIMECELL_ID(0x00141011),
};
#undef DEV

/* --- Life ------------------------------------------------------------------------------------- */

static bool pl011_realize(Device *dev, GError **err)
{
    Pl011 *s = PL011(dev);
    char_set_handlers(s->port, port_can_read, port_read, port_event, s);
    return true;
}

static void pl011_reset(Device *dev)
{
    fifo8_set_depth(&PL011(dev)->rx, 1);        /* LCR_H is 0: the FIFOs are off */
}

static void pl011_unrealize(Device *dev)
{
    char_set_handlers(PL011(dev)->port, NULL, NULL, NULL, NULL);
}

const DeviceClass pl011 = {
    .name  = "pl011", .about = "ARM PrimeCell UART", .size = sizeof(Pl011),
    .regs  = REGS(pl011_regs, 0x1000, ACCESS_8 | ACCESS_16 | ACCESS_32),
    .irqs  = IRQS(Pl011, irq),
    .props = PROPS(PROP_CHAR("chardev", Pl011, port, .about = "the serial line")),
    .state = STATE(STATE_FIFO8(Pl011, rx, .depth = FIFO_DEPTH),     /* what registers do not hold */
                   STATE_U32(Pl011, rx_break), STATE_BOOL(Pl011, overrun)),
    .realize = pl011_realize, .reset = pl011_reset, .unrealize = pl011_unrealize,
};
