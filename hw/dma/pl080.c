/* SPDX-License-Identifier: MIT */
/*
 * PL080, the ARM PrimeCell DMA controller: eight channels, linked lists, memory and peripherals.
 * Implements: ARM DDI 0196G, chapters 2 and 3.
 * A channel moves up to a slice of items at a time, then virtual time passes: so a list that
 * points to itself runs forever without stopping the guest.  A peripheral holds its request line
 * for as long as it wants data; each look at a line that is high moves one burst or one item.
 * Inputs: 16 each of burst, single, last burst and last single requests.
 * Choices: an access error stops the channel, as in the manual; the order of two requests at the
 * same time is by channel number.  A request of a peripheral that is not the flow controller
 * ends with the count.
 * Not here: DMACCLR and DMACTC outputs (peripherals see their FIFO), big-endian masters, locked and
 * protected transfers.
 */
#include "hw/primecell.h"

enum { N_CHANNELS = 8, N_REQUESTS = 16, FIFO_SIZE = 8, SLICE = 256, SLICE_NS = 1000 };
enum { GLOBAL_ENABLE = 1 };
enum { CTL_COUNT = 0xfff, CTL_SI = 1 << 26, CTL_DI = 1 << 27 };
#define CTL_TCINT BIT32(31)
enum { CFG_E = 1, CFG_IE = 1 << 14, CFG_ITC = 1 << 15, CFG_ACTIVE = 1 << 17, CFG_HALT = 1 << 18 };

/* Bits of the flow control field (DDI 0196G table 3-21), as facts: who is a peripheral, and
 * whether one of them decides when the transfer ends. */
static const struct {
    bool src_peripheral, dst_peripheral, src_controls, dst_controls;
} flows[8] = {
    [0] = { false, false }, [1] = { false, true }, [2] = { true, false }, [3] = { true, true },
    [4] = { true, true, .dst_controls = true },  [5] = { false, true, .dst_controls = true },
    [6] = { true, false, .src_controls = true }, [7] = { true, true, .src_controls = true },
};

typedef struct Pl080 {
    Device        dev;
    IrqLine       irq, inttc, interr;
    AddressSpace *as;
    Timer         timer;
    uint32_t      config, sync;
    uint32_t      src[N_CHANNELS], dst[N_CHANNELS], lli[N_CHANNELS];
    uint32_t      control[N_CHANNELS], chan_config[N_CHANNELS];
    uint32_t      tc, error;            /* raw interrupts, a bit a channel */
    uint32_t      request[4];           /* BREQ, SREQ, LBREQ, LSREQ: levels of the inputs */
    uint32_t      soft[4];              /* the same, asked for by software */
    uint8_t       fifo[N_CHANNELS][FIFO_SIZE];
    uint8_t       fill[N_CHANNELS];
} Pl080;
enum { BREQ, SREQ, LBREQ, LSREQ };

#define DEV Pl080
#define PL080(d) DEVICE_AS(Pl080, d)

/* Bit i: channel i has this bit of its configuration set. */
static uint32_t channels_with(const Pl080 *s, uint32_t bit)
{
    uint32_t set = 0;
    for (unsigned i = 0; i < N_CHANNELS; i++) {
        set |= s->chan_config[i] & bit ? BIT32(i) : 0;
    }
    return set;
}

static uint32_t inttc(const Pl080 *s)
{
    return s->tc & channels_with(s, CFG_ITC);
}

static uint32_t interr(const Pl080 *s)
{
    return s->error & channels_with(s, CFG_IE);
}

static void update_irq(Pl080 *s)
{
    irq_set(&s->inttc, inttc(s));
    irq_set(&s->interr, interr(s));
    irq_set(&s->irq, inttc(s) | interr(s));
}

/* --- A channel at work ----------------------------------------------------------------------- */

static unsigned width(uint32_t code)
{
    return 1u << MIN(code & 7, 2);
}

static unsigned burst(uint32_t code)
{
    static const uint16_t items[8] = { 1, 4, 8, 16, 32, 64, 128, 256 };
    return items[code & 7];
}

static bool asks(const Pl080 *s, unsigned kind, unsigned line)
{
    return (s->request[kind] | s->soft[kind]) & BIT32(line);
}

/* Items that a peripheral wants now. */
static unsigned wanted(const Pl080 *s, unsigned line, unsigned burst_items)
{
    if (asks(s, BREQ, line) || asks(s, LBREQ, line)) {
        return burst_items;
    }
    return asks(s, SREQ, line) || asks(s, LSREQ, line) ? 1 : 0;
}

static bool is_last(const Pl080 *s, unsigned line)
{
    return asks(s, LBREQ, line) || asks(s, LSREQ, line);
}

static void request_served(Pl080 *s, unsigned line)
{
    for (unsigned k = 0; k < 4; k++) {
        s->soft[k] &= ~BIT32(line);
    }
}

static void channel_stops(Pl080 *s, unsigned i)
{
    s->chan_config[i] &= ~CFG_E;
    s->fill[i] = 0;
}

static void channel_fails(Pl080 *s, unsigned i, uint32_t addr)
{
    log_guest(&s->dev, "channel %u: no access to %#x", i, addr);
    s->error |= BIT32(i);
    channel_stops(s, i);
}

/* One item in, and out what has become whole at the destination's width. */
static bool move_item(Pl080 *s, unsigned i)
{
    uint32_t ctl = s->control[i];
    unsigned sw = width(ctl >> 18), dw = width(ctl >> 21);
    MemResult res;
    uint64_t v = address_space_ld(s->as, s->src[i], sw, ENDIAN_LITTLE, &res);
    if (res != MEM_OK) {
        channel_fails(s, i, s->src[i]);
        return false;
    }
    s->src[i] += ctl & CTL_SI ? sw : 0;
    st_endian(&s->fifo[i][s->fill[i]], v, sw, ENDIAN_LITTLE);
    s->fill[i] += sw;
    unsigned out = 0;
    for (; s->fill[i] - out >= dw; out += dw) {
        v = ld_endian(&s->fifo[i][out], dw, ENDIAN_LITTLE);
        address_space_st(s->as, s->dst[i], v, dw, ENDIAN_LITTLE, &res);
        if (res != MEM_OK) {
            channel_fails(s, i, s->dst[i]);
            return false;
        }
        s->dst[i] += ctl & CTL_DI ? dw : 0;
    }
    s->fill[i] -= out;
    memmove(s->fifo[i], &s->fifo[i][out], s->fill[i]);
    return true;
}

/* The end of one piece of the list. */
static void next_piece(Pl080 *s, unsigned i)
{
    if (s->control[i] & CTL_TCINT) {
        s->tc |= BIT32(i);
    }
    s->control[i] &= ~CTL_COUNT;
    uint32_t at = s->lli[i] & ~3u;
    if (s->fill[i]) {
        log_guest(&s->dev, "channel %u: the count ends within a destination item", i);
        s->fill[i] = 0;
    }
    if (!at) {
        channel_stops(s, i);
        return;
    }
    uint32_t *const fields[4] = { &s->src[i], &s->dst[i], &s->lli[i], &s->control[i] };
    for (unsigned k = 0; k < 4; k++) {
        MemResult res;
        uint32_t v = address_space_ld(s->as, at + 4 * k, 4, ENDIAN_LITTLE, &res);
        if (res != MEM_OK) {
            channel_fails(s, i, at + 4 * k);
            return;
        }
        *fields[k] = v;
    }
}

/* A slice of one channel's work; false when there was nothing to do. */
static bool run_channel(Pl080 *s, unsigned i)
{
    uint32_t cfg = s->chan_config[i], ctl = s->control[i];
    if (!(cfg & CFG_E) || (cfg & CFG_HALT)) {
        return false;
    }
    unsigned flow = extract32(cfg, 11, 3);
    unsigned src_line = extract32(cfg, 1, 4), dst_line = extract32(cfg, 6, 4);
    bool by_peripheral = flows[flow].src_controls || flows[flow].dst_controls;
    unsigned n = SLICE;
    if (flows[flow].src_peripheral) {
        n = MIN(n, wanted(s, src_line, burst(ctl >> 12)));
    }
    if (flows[flow].dst_peripheral) {   /* its burst counts items of its own width */
        unsigned bytes = wanted(s, dst_line, burst(ctl >> 15)) * width(ctl >> 21);
        n = MIN(n, (bytes + width(ctl >> 18) - 1) / width(ctl >> 18));
    }
    if (!by_peripheral) {
        n = MIN(n, ctl & CTL_COUNT);
        if ((ctl & CTL_COUNT) == 0) {
            next_piece(s, i);
            return true;
        }
    }
    if (n == 0) {
        return false;
    }
    bool last = (flows[flow].src_controls && is_last(s, src_line)) ||
                (flows[flow].dst_controls && is_last(s, dst_line));
    for (unsigned k = 0; k < n; k++) {
        if (!move_item(s, i)) {
            return true;
        }
    }
    if (flows[flow].src_peripheral) {
        request_served(s, src_line);
    }
    if (flows[flow].dst_peripheral) {
        request_served(s, dst_line);
    }
    if (!by_peripheral) {
        s->control[i] -= n;
        last = (s->control[i] & CTL_COUNT) == 0;
    }
    if (last) {
        next_piece(s, i);
    }
    return true;
}

static void wake(Pl080 *s)
{
    if ((s->config & GLOBAL_ENABLE) && !timer_pending(&s->timer)) {
        timer_set(&s->timer, clock_now(CLOCK_VIRTUAL) + SLICE_NS);
    }
}

static void work(void *opaque)
{
    Pl080 *s = opaque;
    bool busy = false;
    if (!(s->config & GLOBAL_ENABLE)) {
        return;
    }
    for (unsigned i = 0; i < N_CHANNELS; i++) {
        busy |= run_channel(s, i);
    }
    if (busy) {
        wake(s);
    }
    update_irq(s);
}

/* --- Registers and lines --------------------------------------------------------------------- */

static void set_request(Pl080 *s, unsigned kind, int n, int level)
{
    s->request[kind] = deposit32(s->request[kind], n, 1, level);
    if (level) {
        wake(s);
    }
}

#define REQUEST_INPUT(name, kind)                           \
    static void name(Device *dev, int n, int level)         \
    {                                                       \
        set_request(PL080(dev), kind, n, level);            \
    }
REQUEST_INPUT(set_breq, BREQ)
REQUEST_INPUT(set_sreq, SREQ)
REQUEST_INPUT(set_lbreq, LBREQ)
REQUEST_INPUT(set_lsreq, LSREQ)

static uint32_t intstatus_read(Device *dev)
{
    return inttc(PL080(dev)) | interr(PL080(dev));
}

static uint32_t inttcstatus_read(Device *dev)
{
    return inttc(PL080(dev));
}

static uint32_t interrstatus_read(Device *dev)
{
    return interr(PL080(dev));
}

static void inttcclear_write(Device *dev, uint32_t value)
{
    PL080(dev)->tc &= ~value;
    update_irq(PL080(dev));
}

static void interrclr_write(Device *dev, uint32_t value)
{
    PL080(dev)->error &= ~value;
    update_irq(PL080(dev));
}

static uint32_t enbldchns_read(Device *dev)
{
    return channels_with(PL080(dev), CFG_E);
}

static void soft_write(Device *dev, unsigned kind, uint32_t value)
{
    Pl080 *s = PL080(dev);
    s->soft[kind] |= value & 0xffff;
    wake(s);
}

static void config_changed(Device *dev)
{
    Pl080 *s = PL080(dev);
    if (s->config & 6) {
        log_unimp(dev, "a big-endian AHB master");
    }
    wake(s);
}

static uint32_t chan_config_read(Device *dev, unsigned i)
{
    Pl080 *s = PL080(dev);
    return s->chan_config[i] | (s->fill[i] ? CFG_ACTIVE : 0);
}

static void chan_config_write(Device *dev, unsigned i, uint32_t value)
{
    Pl080 *s = PL080(dev);
    if (!(value & CFG_E)) {
        s->fill[i] = 0;
    }
    s->chan_config[i] = value & 0x5ffff;
    wake(s);
    update_irq(s);
}

#define CHANNEL .count = N_CHANNELS, .stride = 0x20
static const RegDef pl080_regs[] = {
    { 0x000, "INTSTATUS",        .read = intstatus_read },
    { 0x004, "INTTCSTATUS",      .read = inttcstatus_read },
    { 0x008, "INTTCCLEAR",       .write = inttcclear_write },
    { 0x00c, "INTERRORSTATUS",   .read = interrstatus_read },
    { 0x010, "INTERRCLR",        .write = interrclr_write },
    { 0x014, "RAWINTTCSTATUS",   AT(tc) },
    { 0x018, "RAWINTERRORSTATUS", AT(error) },
    { 0x01c, "ENBLDCHNS",        .read = enbldchns_read },
    { 0x020, "SOFTREQ",          AT(soft), .write_at = soft_write, .count = 4 },
    { 0x030, "CONFIGURATION",    AT(config), .writable = 7, .changed = config_changed },
    { 0x034, "SYNC",             AT(sync), .writable = 0xffff },
    { 0x100, "CSRCADDR",         AT(src), .writable = ~0u, CHANNEL },
    { 0x104, "CDESTADDR",        AT(dst), .writable = ~0u, CHANNEL },
    { 0x108, "CLLI",             AT(lli), .writable = ~2u, CHANNEL },
    { 0x10c, "CCONTROL",         AT(control), .writable = ~0u, CHANNEL },
    { 0x110, "CCONFIGURATION",   AT(chan_config), .read_at = chan_config_read,
      .write_at = chan_config_write, CHANNEL },
    PRIMECELL_ID(0x0a041080),
};

static bool pl080_realize(Device *dev, GError **err)
{
    timer_init(&PL080(dev)->timer, CLOCK_VIRTUAL, work, dev);
    return true;
}

static bool pl080_loaded(Device *dev, GError **err)
{
    Pl080 *s = PL080(dev);
    for (unsigned i = 0; i < N_CHANNELS; i++) {
        if (s->fill[i] >= 4) {
            return fail(err, EMU_ERROR_DATA, "%s: channel %u holds too much", dev->id, i);
        }
    }
    return true;
}

const DeviceClass pl080 = {
    .name    = "pl080", .about = "ARM PrimeCell DMA controller", .size = sizeof(Pl080),
    .regs    = REGS(pl080_regs, 0x1000, ACCESS_ANY),
    .irqs    = IRQS(Pl080, irq, inttc, interr),
    .inputs  = INPUTS(INPUT("breq", set_breq, 16), INPUT("sreq", set_sreq, 16),
                      INPUT("lbreq", set_lbreq, 16), INPUT("lsreq", set_lsreq, 16)),
    .props   = PROPS(PROP_MEMORY("memory", Pl080, as, .about = "what it reads and writes")),
    .state   = STATE(STATE_ARRAY(U32, Pl080, request), STATE_ARRAY(U8, Pl080, fifo),
                     STATE_ARRAY(U8, Pl080, fill), STATE_TIMER(Pl080, timer)),
    .realize = pl080_realize,
    .loaded  = pl080_loaded,
};
