/* SPDX-License-Identifier: MIT */
/*
 * SMSC LAN91C111, a 10/100 Ethernet controller with its PHY.
 * Implements: SMSC LAN91C111 data sheet, revision 1.91, chapters 7 (MII management, PHY), 8 (data
 * structures and registers) and 9 (PHY registers).
 *
 * Four banks of registers share a window of 16 bytes; BANK SELECT is at its end in all of them.
 * Frames live in four buffers of 2 KiB.  The chip's MMU hands their numbers out (ALLOC), queues them
 * for sending (TX FIFO), remembers them as sent (completion FIFO) or as received (RX FIFO).
 *
 * Choices: a frame is on the wire as soon as it is queued and TXENA is set, always without
 * collision; auto-negotiation is over at once, at 100 Mbit/s full duplex.  Without a cable the PHY
 * has no link.
 * Not here: EEPROM, early receive and wake-up, external PHY, collisions and their counters.
 */
#include <zlib.h>
#include "io/net/net.h"
#include "system/device.h"

enum { N_PACKETS = 4, PACKET_SIZE = 2048, NO_PACKET = 0x80 };
enum { TCR_TXENA = 0x0001, TCR_PAD_EN = 0x0080, TCR_EPH_LOOP = 0x2000 };
enum { EPH_TX_SUC = 0x0001, EPH_LINK_OK = 0x4000 };
enum {
    RCR_PRMS = 0x0002, RCR_ALMUL = 0x0004, RCR_RXEN = 0x0100, RCR_STRIP_CRC = 0x0200,
    RCR_SOFT_RST = 0x8000,
};
enum { CTR_AUTO_RELEASE = 0x0800 };
enum { PTR_AUTO_INCR = 0x4000, PTR_RCV = 0x8000, PTR_ADDRESS = 0x07ff };
enum {
    INT_RCV = 0x01, INT_TX = 0x02, INT_TX_EMPTY = 0x04, INT_ALLOC = 0x08, INT_RX_OVRN = 0x10,
    INT_MDINT = 0x80,
};
enum { MGMT_MDO = 1, MGMT_MDI = 2, MGMT_MCLK = 4, MGMT_MDOE = 8 };
enum { RS_BROADCAST = 0x4000, RS_ODDFRM = 0x1000, RS_MULTICAST = 0x0001 };
enum { CONTROL_ODD = 0x20, CONTROL_RX = 0x40 };
enum { PHY_CONTROL = 0, PHY_STATUS = 1, PHY_ADVERTISE = 4, PHY_PARTNER = 5, PHY_INT = 18 };

/* A queue of packet numbers. */
typedef struct PacketFifo {
    uint8_t packet[N_PACKETS];
    uint8_t num;
} PacketFifo;

typedef struct Smc91c111 {
    Device     dev;
    IrqLine    irq;
    NetPort   *port;
    const char *mac_text;
    uint8_t    mac[6];
    uint16_t   bank;
    uint16_t   tcr, eph_status, rcr, rpcr, config, base, general, ctr, ptr, mgmt, ercv;
    uint8_t    ia[6], mt[8];
    uint8_t    int_level;               /* those that stay until acknowledged */
    uint8_t    int_mask, pnr, arr;
    bool       alloc_waits;
    uint8_t    allocated;               /* a bit a packet */
    PacketFifo tx, done, rx;
    uint8_t    data[N_PACKETS][PACKET_SIZE];
    uint32_t   mdio;                    /* bits of the frame on the MII so far, */
    uint8_t    mdio_bits;               /* and how many: 0 is idle */
    uint16_t   phy[32];
} Smc91c111;

#define DEV Smc91c111
#define SMC91C111(d) DEVICE_AS(Smc91c111, d)

/* --- Interrupts ------------------------------------------------------------------------------ */

static uint8_t int_status(const Smc91c111 *s)
{
    return s->int_level | (s->rx.num ? INT_RCV : 0) | (s->done.num ? INT_TX : 0);
}

static void update_irq(Smc91c111 *s)
{
    irq_set(&s->irq, int_status(s) & s->int_mask);
}

/* --- Packet numbers -------------------------------------------------------------------------- */

static void fifo_push(PacketFifo *f, uint8_t packet)
{
    if (f->num < N_PACKETS) {
        f->packet[f->num++] = packet;
    }
}

static uint8_t fifo_head(const PacketFifo *f)
{
    return f->num ? f->packet[0] : NO_PACKET;
}

static void fifo_pop(PacketFifo *f)
{
    if (f->num) {
        f->num--;
        memmove(f->packet, f->packet + 1, f->num);
    }
}

static int take_packet(Smc91c111 *s)
{
    for (int i = 0; i < N_PACKETS; i++) {
        if (!(s->allocated & 1 << i)) {
            s->allocated |= 1 << i;
            return i;
        }
    }
    return -1;
}

/* Tries what the guest's last allocation asked for. */
static void try_alloc(Smc91c111 *s)
{
    int packet = s->alloc_waits ? take_packet(s) : -1;
    if (packet >= 0) {
        s->alloc_waits = false;
        s->arr = packet;
        s->int_level |= INT_ALLOC;
    }
}

static void release_packet(Smc91c111 *s, unsigned packet)
{
    if (packet < N_PACKETS) {
        s->allocated &= ~(1 << packet);
        try_alloc(s);
        net_receive_more(s->port);
    }
}

/* --- Receiving ------------------------------------------------------------------------------- */

static bool wanted(const Smc91c111 *s, const uint8_t *frame)
{
    static const uint8_t broadcast[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
    if ((s->rcr & RCR_PRMS) || memcmp(frame, broadcast, 6) == 0) {
        return true;
    }
    if (!(frame[0] & 1)) {
        return memcmp(frame, s->ia, 6) == 0;
    }
    /* The table is indexed by the six upper bits of the CRC as it leaves the shift register: the
     * six lower ones of zlib's, first bit most significant. */
    uint32_t crc = ~crc32(0, frame, 6);
    unsigned hash = 0;
    for (unsigned i = 0; i < 6; i++) {
        hash |= (crc >> i & 1) << (5 - i);
    }
    return (s->rcr & RCR_ALMUL) || (s->mt[hash >> 3] & 1 << (hash & 7));
}

static void store_frame(Smc91c111 *s, uint8_t *p, const uint8_t *frame, unsigned len)
{
    unsigned n = MAX(len, 60);
    memcpy(p + 4, frame, len);
    memset(p + 4 + len, 0, n - len);
    if (!(s->rcr & RCR_STRIP_CRC)) {
        st_le32(p + 4 + n, crc32(0, p + 4, n));
        n += 4;
    }
    bool odd = n & 1;
    uint16_t status = odd ? RS_ODDFRM : 0;
    if (frame[0] & 1) {
        bool all = ld_le32(frame) == 0xffffffff && ld_le16(frame + 4) == 0xffff;
        status |= all ? RS_BROADCAST : RS_MULTICAST;
    }
    st_le16(p, status);
    st_le16(p + 2, n + (odd ? 5 : 6));
    if (odd) {
        p[4 + n] = CONTROL_RX | CONTROL_ODD;
    } else {
        p[4 + n] = 0;
        p[5 + n] = CONTROL_RX;
    }
}

static bool can_receive(void *opaque)
{
    Smc91c111 *s = opaque;
    return !(s->rcr & RCR_RXEN) || s->allocated != (1 << N_PACKETS) - 1;
}

static void receive(void *opaque, const uint8_t *frame, unsigned len)
{
    Smc91c111 *s = opaque;
    if (!(s->rcr & RCR_RXEN) || (s->rcr & RCR_SOFT_RST) || !wanted(s, frame)) {
        return;
    }
    int packet = take_packet(s);
    if (packet < 0) {
        s->int_level |= INT_RX_OVRN;
    } else {
        store_frame(s, s->data[packet], frame, len);
        fifo_push(&s->rx, packet);
    }
    update_irq(s);
}

/* --- Sending --------------------------------------------------------------------------------- */

static void send_packet(Smc91c111 *s, unsigned packet)
{
    uint8_t *p = s->data[packet];
    unsigned count = ld_le16(p + 2) & 0x7fe, len = count < 6 ? 0 : count - 6;
    uint8_t frame[PACKET_SIZE];
    memcpy(frame, p + 4, len);
    if (len && (p[4 + len + 1] & CONTROL_ODD)) {
        frame[len] = p[4 + len];
        len++;
    }
    if ((s->tcr & TCR_PAD_EN) && len < 60) {
        memset(frame + len, 0, 60 - len);
        len = 60;
    }
    s->eph_status = EPH_TX_SUC;
    st_le16(p, s->eph_status | EPH_LINK_OK);
    if (len < NET_MIN_FRAME || len > NET_MAX_FRAME) {
        log_guest(&s->dev, "packet %u has %u bytes", packet, len);
    } else if (s->tcr & TCR_EPH_LOOP) {
        receive(s, frame, len);
    } else {
        net_send(s->port, frame, len);
    }
}

static void send_all(Smc91c111 *s)
{
    if (!(s->tcr & TCR_TXENA) || !s->tx.num) {
        return;
    }
    while (s->tx.num) {
        uint8_t packet = fifo_head(&s->tx);
        fifo_pop(&s->tx);
        send_packet(s, packet);
        if (s->ctr & CTR_AUTO_RELEASE) {
            release_packet(s, packet);
        } else {
            fifo_push(&s->done, packet);
        }
    }
    s->int_level |= INT_TX_EMPTY;
}

/* --- The PHY and its serial line (data sheet, 7.7: MII management) --------------------------- */

static void phy_reset(Smc91c111 *s)
{
    static const uint16_t values[32] = {
        0x3000, 0x7809, 0x0016, 0xf840, 0x01e1, 0, [16] = 0x0022, [17] = 0xff00, [18] = 0x0040,
        [19] = 0xffc0,
    };
    memcpy(s->phy, values, sizeof(s->phy));
    if (net_link_up(s->port)) {
        s->phy[PHY_STATUS] |= 0x0024;   /* link, auto-negotiation complete */
        s->phy[PHY_PARTNER] = 0x41e1;
        s->phy[PHY_INT] = 0x00c0;       /* 100 Mbit/s, full duplex */
    }
}

static void phy_write(Smc91c111 *s, unsigned reg, uint16_t value)
{
    static const uint16_t writable[32] = {
        [PHY_CONTROL] = 0x7c80, [PHY_ADVERTISE] = 0xbde1, [16] = 0xffff, [17] = 0xffff,
        [19] = 0xffff,
    };
    if (reg == PHY_CONTROL && (value & 0x8000)) {
        phy_reset(s);
        return;
    }
    s->phy[reg] = (s->phy[reg] & ~writable[reg]) | (value & writable[reg]);
}

/* The PHY drives only the second half of a frame that reads from it: a 0 and the data.  Otherwise MDI
 * is pulled down (data sheet, "Pin functions"). */
static bool mdio_level(const Smc91c111 *s)
{
    if (s->mdio_bits < 16) {
        return false;
    }
    uint32_t head = s->mdio >> (s->mdio_bits - 14);     /* 01, operation, PHY, register */
    bool ours = extract32(head, 10, 4) == 6 && extract32(head, 5, 5) == 0;
    return ours && (s->phy[head & 31] >> (31 - s->mdio_bits) & 1);
}

/* A rising edge of MCLK. */
static void mdio_clock(Smc91c111 *s, bool bit)
{
    if (s->mdio_bits == 0 && bit) {
        return;                         /* preamble */
    }
    s->mdio = s->mdio_bits ? s->mdio << 1 | bit : bit;
    s->mdio_bits++;
    if (s->mdio_bits == 2 && !bit) {
        s->mdio_bits = 0;               /* not a start: 00 */
    }
    if (s->mdio_bits == 32) {
        if (extract32(s->mdio, 28, 4) == 5 && extract32(s->mdio, 23, 5) == 0) {
            phy_write(s, extract32(s->mdio, 18, 5), s->mdio);
        }
        s->mdio_bits = 0;
    }
}

static uint32_t mgmt_read(Device *dev)
{
    Smc91c111 *s = SMC91C111(dev);
    return 0x3330 | s->mgmt | (mdio_level(s) ? MGMT_MDI : 0);
}

static void mgmt_write(Device *dev, uint32_t value)
{
    Smc91c111 *s = SMC91C111(dev);
    bool rises = (value & ~s->mgmt & MGMT_MCLK) != 0;
    s->mgmt = value & (0x4000 | MGMT_MDO | MGMT_MCLK | MGMT_MDOE);
    if (rises) {
        mdio_clock(s, !(value & MGMT_MDOE) || (value & MGMT_MDO));
    }
}

/* --- Bank 0 ---------------------------------------------------------------------------------- */

static void soft_reset(Smc91c111 *s)
{
    s->tcr = s->eph_status = 0;
    s->config = 0xa0b1;
    s->ctr = 0x1210;
    s->int_mask = s->int_level = s->allocated = 0;
    s->alloc_waits = false;
    s->arr = NO_PACKET;
    s->pnr = 0;
    s->tx.num = s->done.num = s->rx.num = 0;
}

static void tcr_changed(Device *dev)
{
    send_all(SMC91C111(dev));
    update_irq(SMC91C111(dev));
}

static void rcr_changed(Device *dev)
{
    Smc91c111 *s = SMC91C111(dev);
    if (s->rcr & RCR_SOFT_RST) {
        soft_reset(s);
    }
    update_irq(s);
    net_receive_more(s->port);
}

static uint32_t eph_status_read(Device *dev)
{
    Smc91c111 *s = SMC91C111(dev);
    return s->eph_status | (net_link_up(s->port) ? EPH_LINK_OK : 0);
}

static uint32_t mir_read(Device *dev)
{
    Smc91c111 *s = SMC91C111(dev);
    return N_PACKETS | (N_PACKETS - __builtin_popcount(s->allocated)) << 8;
}

static const RegDef bank0_regs[] = {
    { 0x0, "TCR",   AT(tcr), .writable = 0xbd87, .width = 2, .changed = tcr_changed },
    { 0x2, "EPHSR", AT(eph_status), .read = eph_status_read, .width = 2 },
    { 0x4, "RCR",   AT(rcr), .writable = 0xe307, .width = 2, .changed = rcr_changed },
    { 0x6, "ECR",   .width = 2 },
    { 0x8, "MIR",   .read = mir_read, .width = 2 },
    { 0xa, "RPCR",  AT(rpcr), .writable = 0x38fc, .width = 2 },
};

/* --- Bank 1 ---------------------------------------------------------------------------------- */

static const RegDef bank1_regs[] = {
    { 0x0, "CONFIG",  AT(config), .reset = 0xa0b1, .writable = 0xffff, .width = 2 },
    { 0x2, "BASE",    AT(base), .reset = 0x1801, .writable = 0xffff, .width = 2 },
    { 0x4, "IA",      AT(ia), .writable = 0xff, .width = 1, .count = 6 },
    { 0xa, "GENERAL", AT(general), .writable = 0xffff, .width = 2 },
    { 0xc, "CONTROL", AT(ctr), .reset = 0x1210, .writable = 0x48e6, .width = 2 },
};

/* --- Bank 2 ---------------------------------------------------------------------------------- */

static void mmu_reset(Smc91c111 *s)
{
    s->allocated = 0;
    s->tx.num = s->done.num = s->rx.num = 0;
    s->int_level &= ~(INT_ALLOC | INT_TX_EMPTY);
    s->alloc_waits = false;
    s->arr = NO_PACKET;
    net_receive_more(s->port);
}

static void enqueue(Smc91c111 *s)
{
    unsigned packet = s->pnr & 0x3f;
    if (packet >= N_PACKETS || !(s->allocated & 1 << packet)) {
        log_guest(&s->dev, "packet %u was never allocated", packet);
        return;
    }
    fifo_push(&s->tx, packet);
    send_all(s);
}

static void mmucr_write(Device *dev, uint32_t value)
{
    Smc91c111 *s = SMC91C111(dev);
    switch (extract32(value, 5, 3)) {
    case 1:                             /* allocate for sending */
        s->int_level &= ~INT_ALLOC;
        s->arr = NO_PACKET;
        s->alloc_waits = true;
        try_alloc(s);
        break;
    case 2:
        mmu_reset(s);
        break;
    case 3:                             /* remove from the RX FIFO; 4: and release */
        fifo_pop(&s->rx);
        break;
    case 4: {
        uint8_t packet = fifo_head(&s->rx);
        fifo_pop(&s->rx);
        release_packet(s, packet);
        break;
    }
    case 5:
        release_packet(s, s->pnr & 0x3f);
        break;
    case 6:
        enqueue(s);
        break;
    case 7:                             /* reset the TX FIFOs; memory stays allocated */
        s->tx.num = s->done.num = 0;
        break;
    }
    update_irq(s);
}

static uint32_t mmucr_read(Device *dev)
{
    return 0;                           /* never busy */
}

static uint32_t fifo_read(Device *dev)
{
    Smc91c111 *s = SMC91C111(dev);
    return fifo_head(&s->done) | fifo_head(&s->rx) << 8;
}

static uint32_t ist_read(Device *dev)
{
    return int_status(SMC91C111(dev));
}

static void ack_write(Device *dev, uint32_t value)
{
    Smc91c111 *s = SMC91C111(dev);
    if (value & INT_TX) {
        fifo_pop(&s->done);
    }
    s->int_level &= ~(value & (INT_TX_EMPTY | INT_RX_OVRN | INT_MDINT));
    update_irq(s);
}

static void mask_changed(Device *dev)
{
    update_irq(SMC91C111(dev));
}

static const RegDef bank2_regs[] = {
    { 0x0, "MMUCR", .read = mmucr_read, .write = mmucr_write, .width = 2 },
    { 0x2, "PNR",   AT(pnr), .writable = 0x3f, .width = 1 },
    { 0x3, "ARR",   AT(arr), .reset = NO_PACKET, .width = 1 },
    { 0x4, "FIFO",  .read = fifo_read, .width = 2 },
    { 0x6, "PTR",   AT(ptr), .writable = 0xf7ff, .width = 2 },
    { 0xc, "IST",   .read = ist_read, .write = ack_write, .width = 1 },
    { 0xd, "MSK",   AT(int_mask), .writable = 0xff, .width = 1, .changed = mask_changed },
};

/* Where the pointer points, or NULL; it moves on by n. */
static uint8_t *packet_data(Smc91c111 *s, unsigned n, unsigned *at)
{
    unsigned packet = s->ptr & PTR_RCV ? fifo_head(&s->rx) : s->pnr & 0x3f;
    *at = s->ptr & PTR_ADDRESS;
    if (s->ptr & PTR_AUTO_INCR) {
        s->ptr = (s->ptr & ~PTR_ADDRESS) | ((*at + n) & PTR_ADDRESS);
    }
    return packet < N_PACKETS ? s->data[packet] : NULL;
}

static uint64_t data_read(Smc91c111 *s, unsigned size)
{
    unsigned at;
    uint64_t v = 0;
    const uint8_t *p = packet_data(s, size, &at);
    for (unsigned i = 0; p && i < size; i++) {
        v |= (uint64_t)p[(at + i) & PTR_ADDRESS] << 8 * i;
    }
    return v;
}

static void data_write(Smc91c111 *s, uint64_t value, unsigned size)
{
    unsigned at;
    uint8_t *p = packet_data(s, size, &at);
    for (unsigned i = 0; p && i < size; i++) {
        p[(at + i) & PTR_ADDRESS] = value >> 8 * i;
    }
}

/* --- Bank 3 ---------------------------------------------------------------------------------- */

static const RegDef bank3_regs[] = {
    { 0x0, "MT",    AT(mt), .writable = 0xff, .width = 1, .count = 8 },
    { 0x8, "MGMT",  AT(mgmt), .read = mgmt_read, .write = mgmt_write, .width = 2 },
    { 0xa, "REV",   .reset = 0x3391, .width = 2 },
    { 0xc, "RCV",   AT(ercv), .reset = 0x331f, .writable = 0x009f, .width = 2 },
};

/* --- The window ------------------------------------------------------------------------------ */

enum { WINDOW_BUS, WINDOW_BANK0, DATA_PORT = 0x8, BANK_SELECT = 0xe };

static bool is_data(const Smc91c111 *s, uint64_t off)
{
    return s->bank == 2 && (off & 0xc) == DATA_PORT;
}

static uint64_t read16(Smc91c111 *s, uint64_t off, unsigned size)
{
    if (off >= BANK_SELECT) {
        return (0x3300 | s->bank) >> 8 * (off & 1);
    }
    if (s->bank > 3) {
        return 0;
    }
    MemoryRegion *mr = device_region(&s->dev, WINDOW_BANK0 + s->bank);
    return memory_region_mmio_read(mr, off, size, ENDIAN_LITTLE, NULL);
}

static void write16(Smc91c111 *s, uint64_t off, uint64_t value, unsigned size)
{
    if (off >= BANK_SELECT) {
        if (off == BANK_SELECT) {
            s->bank = value & 7;
        }
        return;
    }
    if (s->bank <= 3) {
        MemoryRegion *mr = device_region(&s->dev, WINDOW_BANK0 + s->bank);
        memory_region_mmio_write(mr, off, value & mask64(8 * size), size, ENDIAN_LITTLE, NULL);
    }
}

/* The chip decodes four address lines; the board repeats it through the whole window. */
static uint64_t bus_read(Device *dev, uint64_t off, unsigned size)
{
    Smc91c111 *s = SMC91C111(dev);
    off &= 15;
    if (is_data(s, off)) {
        return data_read(s, size);
    }
    if (size <= 2) {
        return read16(s, off, size);
    }
    uint64_t low = read16(s, off, 2);
    return low | read16(s, off + 2, 2) << 16;
}

static void bus_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    Smc91c111 *s = SMC91C111(dev);
    off &= 15;
    if (is_data(s, off)) {
        data_write(s, value, size);
    } else if (size <= 2) {
        write16(s, off, value, size);
    } else {
        write16(s, off, value, 2);
        write16(s, off + 2, value >> 16, 2);
    }
}

static bool smc91c111_realize(Device *dev, GError **err)
{
    Smc91c111 *s = SMC91C111(dev);
    if (!s->mac_text) {
        net_default_mac(s->mac);
    } else if (!net_parse_mac(s->mac_text, s->mac, err)) {
        return false;
    }
    net_attach(s->port, can_receive, receive, s);
    return true;
}

static void smc91c111_unrealize(Device *dev)
{
    net_detach(SMC91C111(dev)->port);
}

/* The board's EEPROM fills in the address. */
static void smc91c111_reset(Device *dev)
{
    Smc91c111 *s = SMC91C111(dev);
    memcpy(s->ia, s->mac, 6);
    phy_reset(s);
}

static bool fifo_valid(const PacketFifo *f)
{
    bool ok = f->num <= N_PACKETS;
    for (unsigned i = 0; i < N_PACKETS; i++) {
        ok &= f->packet[i] < N_PACKETS;
    }
    return ok;
}

static bool smc91c111_loaded(Device *dev, GError **err)
{
    Smc91c111 *s = SMC91C111(dev);
    if (!fifo_valid(&s->tx) || !fifo_valid(&s->done) || !fifo_valid(&s->rx) || s->bank > 7 ||
        s->mdio_bits > 31) {
        return fail(err, EMU_ERROR_DATA, "%s: impossible packet numbers", dev->id);
    }
    return true;
}

#define STATE_PACKETS(f) STATE_ARRAY(U8, Smc91c111, f.packet), STATE_U8(Smc91c111, f.num)

const DeviceClass smc91c111 = {
    .name      = "smc91c111", .about = "SMSC LAN91C111 Ethernet controller",
    .size      = sizeof(Smc91c111),
    .regs      = WINDOWS(RAW_WINDOW("bus", 0x10000, ACCESS_8 | ACCESS_16 | ACCESS_32, bus_read,
                                    bus_write),
                         REG_WINDOW("bank0", bank0_regs, 14, 0),
                         REG_WINDOW("bank1", bank1_regs, 14, 0),
                         REG_WINDOW("bank2", bank2_regs, 14, 0),
                         REG_WINDOW("bank3", bank3_regs, 14, 0)),
    .irqs      = IRQS(Smc91c111, irq),
    .props     = PROPS(PROP_NET("netdev", Smc91c111, port, .about = "what it is plugged into"),
                       PROP_STRING("mac", Smc91c111, mac_text, .about = "Ethernet address")),
    .state     = STATE(STATE_U16(Smc91c111, bank), STATE_U8(Smc91c111, int_level),
                       STATE_BOOL(Smc91c111, alloc_waits), STATE_U8(Smc91c111, allocated),
                       STATE_PACKETS(tx), STATE_PACKETS(done), STATE_PACKETS(rx),
                       STATE_ARRAY(U8, Smc91c111, data), STATE_U32(Smc91c111, mdio),
                       STATE_U8(Smc91c111, mdio_bits), STATE_ARRAY(U16, Smc91c111, phy)),
    .realize   = smc91c111_realize,
    .reset     = smc91c111_reset,
    .unrealize = smc91c111_unrealize,
    .loaded    = smc91c111_loaded,
};
