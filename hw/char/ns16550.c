/* SPDX-License-Identifier: MIT */
/*
 * NS16550A UART, a PC's serial port.
 * Implements: National Semiconductor PC16550D data sheet (TL/C/8652).
 * Choices: characters move at once, to the host and back, so that the transmitter is always empty;
 * the divisor sets only how long the receiver's timeout is (four characters).  A character from
 * the host waits there while the FIFO is full: only the loop overruns.  CTS, DSR and DCD are active
 * while somebody is at the host's end.  OUT2 gates the interrupt, as on the PC's cards ("gate").
 * FIFO errors (LSR bit 7) are breaks: nothing else goes wrong on this line.
 * Not here: DMA mode (FCR bit 3 and the RXRDY, TXRDY pins), parity and stop bits on the line.
 */
#include "io/char.h"
#include "system/device.h"

enum { FIFO_DEPTH = 16, XTAL = 1843200 };
enum {
    IER_RX = 0x01, IER_TX = 0x02, IER_LINE = 0x04, IER_MODEM = 0x08,
    IIR_NONE = 0x01, IIR_MODEM = 0x00, IIR_TX = 0x02, IIR_RX = 0x04, IIR_LINE = 0x06,
    IIR_TIMEOUT = 0x0c, IIR_FIFOS = 0xc0,
    FCR_ENABLE = 0x01, FCR_CLEAR_RX = 0x02, FCR_CLEAR_TX = 0x04,
    LCR_BREAK = 0x40, LCR_DLAB = 0x80,
    MCR_DTR = 0x01, MCR_RTS = 0x02, MCR_OUT1 = 0x04, MCR_OUT2 = 0x08, MCR_LOOP = 0x10,
    LSR_DR = 0x01, LSR_OE = 0x02, LSR_PE = 0x04, LSR_FE = 0x08, LSR_BI = 0x10, LSR_THRE = 0x20,
    LSR_TEMT = 0x40, LSR_FIFO = 0x80, LSR_ERRORS = LSR_OE | LSR_PE | LSR_FE | LSR_BI,
    MSR_TERI = 0x04, MSR_CTS = 0x10, MSR_DSR = 0x20, MSR_RI = 0x40, MSR_DCD = 0x80,
};

typedef struct Ns16550 {
    Device    dev;
    IrqLine   irq;
    CharPort *port;
    bool      gate;
    Fifo8     rx;
    Timer     timeout;
    uint16_t  broken;                   /* bit i: the i-th character of the FIFO is a break */
    uint16_t  divisor;
    uint8_t   ier, fcr, lcr, mcr, scr;
    uint8_t   lsr;                      /* OE and, of the character in front, BI */
    uint8_t   msr;                      /* levels in bits 7..4, changes in 3..0 */
    uint8_t   last;                     /* what RBR shows when the FIFO is empty */
    bool      tx_pending;               /* THRE has become empty and nobody has looked */
    bool      timed_out;
} Ns16550;

#define DEV Ns16550
#define UART(d) DEVICE_AS(Ns16550, d)

/* --- Interrupts ------------------------------------------------------------------------------- */

static unsigned rx_trigger(const Ns16550 *s)
{
    static const uint8_t level[4] = { 1, 4, 8, 14 };
    return s->fcr & FCR_ENABLE ? level[s->fcr >> 6] : 1;
}

/* The most urgent of the interrupts that are enabled. */
static uint8_t pending(const Ns16550 *s)
{
    if (s->ier & IER_LINE && s->lsr & LSR_ERRORS) {
        return IIR_LINE;
    }
    if (s->ier & IER_RX && fifo8_used(&s->rx) >= rx_trigger(s)) {
        return IIR_RX;
    }
    if (s->ier & IER_RX && s->timed_out) {
        return IIR_TIMEOUT;
    }
    if (s->ier & IER_TX && s->tx_pending) {
        return IIR_TX;
    }
    if (s->ier & IER_MODEM && s->msr & 0x0f) {
        return IIR_MODEM;
    }
    return IIR_NONE;
}

static void update(Device *dev)
{
    Ns16550 *s = UART(dev);
    bool open = !s->gate || (s->mcr & MCR_OUT2 && !(s->mcr & MCR_LOOP));
    irq_set(&s->irq, open && pending(s) != IIR_NONE);
}

/* --- Receiver --------------------------------------------------------------------------------- */

/* Start, 5 to 8 data bits, parity, stop. */
static int64_t character_ns(const Ns16550 *s)
{
    unsigned bits = 1 + 5 + (s->lcr & 3) + (s->lcr >> 3 & 1) + 1 + (s->lcr >> 2 & 1);
    return clock_ticks_to_ns((uint64_t)bits * 16 * MAX(s->divisor, 1), XTAL);
}

/* Data sheet, "FIFO interrupt mode": four characters' time since the last one came or was read. */
static void restart_timeout(Ns16550 *s)
{
    s->timed_out = false;
    if (s->fcr & FCR_ENABLE && !fifo8_is_empty(&s->rx)) {
        timer_set(&s->timeout, clock_now(CLOCK_VIRTUAL) + 4 * character_ns(s));
    } else {
        timer_cancel(&s->timeout);
    }
}

static void timeout(void *opaque)
{
    Ns16550 *s = opaque;
    s->timed_out = true;
    update(&s->dev);
}

/* Errors show when their character is the next to be read. */
static void show_front(Ns16550 *s)
{
    s->lsr |= s->broken & 1 ? LSR_BI : 0;
}

/* With the FIFOs off a new character takes the place of an old one, with them on it is lost. */
static void receive(Ns16550 *s, uint8_t byte, bool is_break)
{
    if (fifo8_is_full(&s->rx)) {
        s->lsr |= LSR_OE;
        if (s->rx.depth > 1) {
            update(&s->dev);
            return;
        }
        fifo8_pop(&s->rx);
        s->broken = 0;
    }
    s->broken |= is_break << fifo8_used(&s->rx);
    fifo8_push(&s->rx, byte);
    show_front(s);
    restart_timeout(s);
    update(&s->dev);
}

static void clear_rx(Ns16550 *s)
{
    fifo8_reset(&s->rx);
    s->broken = 0;
    restart_timeout(s);
}

static unsigned port_can_read(void *opaque)
{
    Ns16550 *s = opaque;
    return s->mcr & MCR_LOOP ? 0 : fifo8_room(&s->rx);
}

static void port_read(void *opaque, const uint8_t *buf, unsigned len)
{
    for (unsigned i = 0; i < len; i++) {
        receive(opaque, buf[i], false);
    }
}

static uint8_t rbr_read(Ns16550 *s)
{
    if (!fifo8_is_empty(&s->rx)) {
        s->last = fifo8_pop(&s->rx);
        s->broken >>= 1;
        show_front(s);
        restart_timeout(s);
        update(&s->dev);
        char_accept_input(s->port);
    }
    return s->last;
}

/* --- Modem ------------------------------------------------------------------------------------ */

/* New levels; RI counts when it ends. */
static void set_modem(Ns16550 *s, uint8_t levels)
{
    uint8_t changed = (s->msr ^ levels) & 0xf0;
    bool ring_ended = s->msr & ~levels & MSR_RI;
    uint8_t deltas = (changed >> 4 & ~MSR_TERI) | (ring_ended ? MSR_TERI : 0);
    s->msr = levels | (s->msr & 0x0f) | deltas;
    update(&s->dev);
}

/* In the loop the outputs are the inputs: DTR to DSR, RTS to CTS, OUT1 to RI, OUT2 to DCD. */
static uint8_t modem_levels(const Ns16550 *s)
{
    uint8_t m = s->mcr;
    if (m & MCR_LOOP) {
        return (m & MCR_RTS ? MSR_CTS : 0) | (m & MCR_DTR ? MSR_DSR : 0) |
               (m & MCR_OUT1 ? MSR_RI : 0) | (m & MCR_OUT2 ? MSR_DCD : 0);
    }
    return char_is_open(s->port) ? MSR_CTS | MSR_DSR | MSR_DCD : 0;
}

static void port_event(void *opaque, CharEvent event)
{
    Ns16550 *s = opaque;
    if (event == CHAR_BREAK) {
        if (!(s->mcr & MCR_LOOP)) {
            receive(s, 0, true);
        }
    } else if (event == CHAR_OPENED || event == CHAR_CLOSED) {
        set_modem(s, modem_levels(s));
    }
}

/* --- Registers -------------------------------------------------------------------------------- */

static void thr_write(Ns16550 *s, uint8_t byte)
{
    if (s->mcr & MCR_LOOP) {
        receive(s, byte, false);
    } else {
        char_write(s->port, &byte, 1);
    }
    s->tx_pending = true;
    update(&s->dev);
}

static uint32_t data_read(Device *dev)
{
    Ns16550 *s = UART(dev);
    return s->lcr & LCR_DLAB ? s->divisor & 0xff : rbr_read(s);
}

static void data_write(Device *dev, uint32_t v)
{
    Ns16550 *s = UART(dev);
    if (s->lcr & LCR_DLAB) {
        s->divisor = (s->divisor & 0xff00) | v;
    } else {
        thr_write(s, v);
    }
}

static uint32_t ier_read(Device *dev)
{
    Ns16550 *s = UART(dev);
    return s->lcr & LCR_DLAB ? s->divisor >> 8 : s->ier;
}

/* Enabling the transmitter's interrupt while it is empty interrupts. */
static void ier_write(Device *dev, uint32_t v)
{
    Ns16550 *s = UART(dev);
    if (s->lcr & LCR_DLAB) {
        s->divisor = (s->divisor & 0x00ff) | v << 8;
        return;
    }
    s->tx_pending |= v & ~s->ier & IER_TX;
    s->ier = v & 0x0f;
    update(dev);
}

/* Reading takes the transmitter's interrupt back, if it is the one shown. */
static uint32_t iir_read(Device *dev)
{
    Ns16550 *s = UART(dev);
    uint8_t v = pending(s);
    if (v == IIR_TX) {
        s->tx_pending = false;
        update(dev);
    }
    return v | (s->fcr & FCR_ENABLE ? IIR_FIFOS : 0);
}

/* Changing the enable bit clears the FIFOs; the other bits need it set. */
static void fcr_write(Device *dev, uint32_t v)
{
    Ns16550 *s = UART(dev);
    bool changes = (s->fcr ^ v) & FCR_ENABLE;
    s->fcr = v & FCR_ENABLE ? v & 0xc9 : 0;
    fifo8_set_depth(&s->rx, v & FCR_ENABLE ? FIFO_DEPTH : 1);
    if (changes || (v & FCR_ENABLE && v & FCR_CLEAR_RX)) {
        clear_rx(s);
    }
    update(dev);
    char_accept_input(s->port);
}

/* A break sent in the loop comes back. */
static void lcr_write(Device *dev, uint32_t v)
{
    Ns16550 *s = UART(dev);
    bool begins = v & ~s->lcr & LCR_BREAK;
    s->lcr = v;
    if (begins && s->mcr & MCR_LOOP) {
        receive(s, 0, true);
    }
}

static void mcr_write(Device *dev, uint32_t v)
{
    Ns16550 *s = UART(dev);
    s->mcr = v & 0x1f;
    set_modem(s, modem_levels(s));
    char_accept_input(s->port);
}

static uint32_t lsr_read(Device *dev)
{
    Ns16550 *s = UART(dev);
    uint8_t v = s->lsr | LSR_THRE | LSR_TEMT | (fifo8_is_empty(&s->rx) ? 0 : LSR_DR) |
                (s->fcr & FCR_ENABLE && s->broken ? LSR_FIFO : 0);
    s->lsr = 0;
    s->broken &= ~1;
    update(dev);
    return v;
}

static uint32_t msr_read(Device *dev)
{
    Ns16550 *s = UART(dev);
    uint8_t v = s->msr;
    s->msr &= 0xf0;
    update(dev);
    return v;
}

static const RegDef ns16550_regs[] = {
    { 0, "RBR/THR", .read = data_read, .write = data_write, .width = 1 },
    { 1, "IER",     .read = ier_read,  .write = ier_write,  .width = 1 },
    { 2, "IIR/FCR", .read = iir_read,  .write = fcr_write,  .width = 1 },
    { 3, "LCR",     AT(lcr),           .write = lcr_write,  .width = 1 },
    { 4, "MCR",     AT(mcr),           .write = mcr_write,  .width = 1 },
    { 5, "LSR",     .read = lsr_read,  .width = 1 },
    { 6, "MSR",     .read = msr_read,  .width = 1 },
    { 7, "SCR",     AT(scr),           .writable = 0xff,    .width = 1 },
};

/* --- Life ------------------------------------------------------------------------------------- */

static bool ns16550_realize(Device *dev, GError **err)
{
    Ns16550 *s = UART(dev);
    timer_init(&s->timeout, CLOCK_VIRTUAL, timeout, s);
    char_set_handlers(s->port, port_can_read, port_read, port_event, s);
    return true;
}

/* The divisor is undefined after reset: 9600 baud. */
static void ns16550_reset(Device *dev)
{
    Ns16550 *s = UART(dev);
    s->divisor = 12;
    fifo8_set_depth(&s->rx, 1);
    s->msr = modem_levels(s);
    s->tx_pending = true;               /* the transmitter is empty, as IER will see */
    char_accept_input(s->port);
}

static void ns16550_unrealize(Device *dev)
{
    char_set_handlers(UART(dev)->port, NULL, NULL, NULL, NULL);
}

const DeviceClass ns16550 = {
    .name  = "ns16550", .about = "NS16550A UART, a serial port of the PC",
    .size  = sizeof(Ns16550),
    .regs  = REGS(ns16550_regs, 8, ACCESS_ANY),
    .irqs  = IRQS(Ns16550, irq),
    .props = PROPS(PROP_CHAR("chardev", Ns16550, port, .about = "the serial line"),
                   PROP_BOOL("gate", Ns16550, gate, .fallback = true,
                             .about = "OUT2 enables the interrupt, as on the PC")),
    .state = STATE(STATE_FIFO8(Ns16550, rx, .depth = FIFO_DEPTH), STATE_TIMER(Ns16550, timeout),
                   STATE_U16(Ns16550, broken), STATE_U16(Ns16550, divisor),
                   STATE_U8(Ns16550, ier), STATE_U8(Ns16550, fcr), STATE_U8(Ns16550, lsr),
                   STATE_U8(Ns16550, msr), STATE_U8(Ns16550, last),
                   STATE_BOOL(Ns16550, tx_pending), STATE_BOOL(Ns16550, timed_out)),
    .realize = ns16550_realize, .reset = ns16550_reset, .unrealize = ns16550_unrealize,
};
