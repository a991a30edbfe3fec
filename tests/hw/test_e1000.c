/* SPDX-License-Identifier: MIT */
/*
 * The 82540EM behind a PCI bridge: its rings in the bench's RAM, frames on a network port of memory.
 */
#include "hw/pci/pci.h"
#include "io/net/net.h"
#include "tests/hw/bench.h"

enum { SELF = 1, CONFIG = 2, BRIDGE = 11 << 11, CARD = 12 << 11 };
enum { CTRL = 0, STATUS = 8, EECD = 0x10, EERD = 0x14, MDIC = 0x20, ICR = 0xc0, ITR = 0xc4, ICS = 0xc8,
       IMS = 0xd0, IMC = 0xd8, RCTL = 0x100, TCTL = 0x400, RDBAL = 0x2800, RDLEN = 0x2808, RDH = 0x2810,
       RDT = 0x2818, TDBAL = 0x3800, TDLEN = 0x3808, TDH = 0x3810, TDT = 0x3818, STATS = 0x4000,
       RXCSUM = 0x5000, MTA = 0x5200, RAL = 0x5400, VFTA = 0x5600 };
enum { TXDW = 1, TXQE = 2, LSC = 4, RXDMT0 = 0x10, RXT0 = 0x80 };
enum { RX_RING = 0x10000, TX_RING = 0x11000, RX_BUFFERS = 0x20000, TX_DATA = 0x40000, N = 8 };
enum { EN = 2, UPE = 8, MPE = 0x10, BAM = 0x8000, SECRC = 1 << 26 };
enum { EOP = 1, IFCS = 2, IC = 4, TSE = 4, RS = 8, DEXT = 0x20, VLE = 0x40 };

static NetPort *port;
static const uint8_t own[6] = { 0x52, 0x54, 0x00, 0x01, 0x02, 0x03 };

static uint32_t rd(Bench *b, unsigned reg)
{
    return memory_region_mmio_read(device_region(b->dev, 0), reg, 4, ENDIAN_LITTLE, NULL);
}

static void wr(Bench *b, unsigned reg, uint32_t value)
{
    memory_region_mmio_write(device_region(b->dev, 0), reg, value, 4, ENDIAN_LITTLE, NULL);
}

static void config(Bench *b, unsigned window, uint64_t off, uint32_t value)
{
    memory_region_mmio_write(device_region(b->devices->pdata[0], window), off, value, 4,
                             ENDIAN_LITTLE, NULL);
}

static bool interrupt(Bench *b)
{
    return device_irq(b->devices->pdata[0], 2)->level;
}

static Bench *make(void)
{
    port = net_memory();
    bench_provide("net", port);
    Bench *b = bench_empty();
    bench_add(b, "pci", "versatile-pci");
    bench_finish(b, "e1000", "bus=pci", "netdev=net", "mac=52:54:00:01:02:03");
    config(b, SELF, BRIDGE + PCI_BAR0, 0);
    config(b, SELF, BRIDGE + PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    config(b, CONFIG, CARD + PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    return b;
}

static void done(Bench *b)
{
    bench_free(b);
    net_close(port);
}

/* Rings of N descriptors; the receive one is full of buffers of 2 KiB. */
static void start(Bench *b, uint32_t rctl)
{
    wr(b, CTRL, 0x40);
    rd(b, ICR);
    for (unsigned i = 0; i < N; i++) {
        memset(bench_ram(b) + RX_RING + 16 * i, 0, 16);
        st_le64(bench_ram(b) + RX_RING + 16 * i, RX_BUFFERS + 0x1000 * i);
    }
    wr(b, RDBAL, RX_RING);
    wr(b, RDLEN, 16 * N);
    wr(b, RDH, 0);
    wr(b, RDT, N - 1);
    wr(b, TDBAL, TX_RING);
    wr(b, TDLEN, 16 * N);
    wr(b, RCTL, EN | SECRC | rctl);
    wr(b, TCTL, EN | 8);
}

static void put_desc(Bench *b, unsigned i, uint64_t first, uint32_t dw2, uint32_t dw3)
{
    uint8_t *d = bench_ram(b) + TX_RING + 16 * i;
    st_le64(d, first);
    st_le32(d + 8, dw2);
    st_le32(d + 12, dw3);
}

/* A frame to `to` with a payload that counts. */
static unsigned frame(uint8_t *p, const uint8_t *to, unsigned type, unsigned len)
{
    static const uint8_t from[6] = { 2, 0, 0, 0, 0, 1 };
    memcpy(p, to, 6);
    memcpy(p + 6, from, 6);
    st_be16(p + 12, type);
    for (unsigned i = 14; i < len; i++) {
        p[i] = i * 3;
    }
    return len;
}

static uint8_t *rx_desc(Bench *b, unsigned i)
{
    return bench_ram(b) + RX_RING + 16 * i;
}

static void feed(Bench *b, const uint8_t *to, unsigned len)
{
    uint8_t p[1518];
    net_memory_feed(port, p, frame(p, to, 0x88b5, len));
}

/* --- EEPROM, PHY ------------------------------------------------------------------------------ */

static unsigned eerd(Bench *b, unsigned word)
{
    wr(b, EERD, word << 8 | 1);
    g_assert_cmphex(rd(b, EERD) & 0x10, ==, 0x10);
    return rd(b, EERD) >> 16;
}

static void eeprom_holds_the_address(void)
{
    Bench *b = make();
    uint16_t sum = 0;
    g_assert_cmphex(eerd(b, 0), ==, 0x5452);
    g_assert_cmphex(eerd(b, 1), ==, 0x0100);
    g_assert_cmphex(eerd(b, 2), ==, 0x0302);
    for (unsigned i = 0; i < 64; i++) {
        sum += eerd(b, i);
    }
    g_assert_cmphex(sum, ==, 0xbaba);
    g_assert_cmphex(rd(b, RAL), ==, 0x01005452 & 0xffffffff);
    g_assert_cmphex(rd(b, RAL + 4), ==, 0x80000302);
    done(b);
}

static unsigned clock_bits(Bench *b, unsigned out, unsigned n)
{
    unsigned in = 0;
    for (unsigned i = n; i-- > 0;) {
        unsigned di = out >> i & 1 ? 4 : 0;
        wr(b, EECD, 0x42 | di);
        wr(b, EECD, 0x43 | di);
        in = in << 1 | (rd(b, EECD) >> 3 & 1);
        wr(b, EECD, 0x42 | di);
    }
    return in;
}

static unsigned microwire_read(Bench *b, unsigned word)
{
    wr(b, EECD, 0x40);
    g_assert_cmphex(rd(b, EECD) & 0x180, ==, 0x180);
    wr(b, EECD, 0x42);
    clock_bits(b, 6 << 6 | word, 9);
    return clock_bits(b, 0, 16);
}

static void eeprom_by_its_wires(void)
{
    Bench *b = make();
    for (unsigned i = 0; i < 64; i++) {
        g_assert_cmphex(microwire_read(b, i), ==, eerd(b, i));
    }
    unsigned before = eerd(b, 0x20);
    wr(b, EECD, 0x40);
    wr(b, EECD, 0x42);
    clock_bits(b, 5 << 6 | 0x20, 9);                    /* write: not enabled */
    clock_bits(b, 0x1234, 16);
    g_assert_cmphex(eerd(b, 0x20), ==, before);
    wr(b, EECD, 0x40);
    wr(b, EECD, 0x42);
    clock_bits(b, 4 << 6 | 0x30, 9);                    /* enable */
    wr(b, EECD, 0x40);
    wr(b, EECD, 0x42);
    clock_bits(b, 5 << 6 | 0x20, 9);
    clock_bits(b, 0x1234, 16);
    g_assert_cmphex(eerd(b, 0x20), ==, 0x1234);
    bench_round_trip(b);
    done(b);
}

static unsigned phy(Bench *b, unsigned op, unsigned reg, unsigned data)
{
    wr(b, MDIC, op << 26 | 1 << 21 | reg << 16 | data);
    g_assert_cmphex(rd(b, MDIC) >> 28 & 5, ==, 1);
    return rd(b, MDIC) & 0xffff;
}

static void phy_has_a_link(void)
{
    Bench *b = make();
    g_assert_cmphex(phy(b, 2, 2, 0), ==, 0x0141);
    g_assert_cmphex(phy(b, 2, 3, 0) & 0xfff0, ==, 0x0c20);
    g_assert_cmphex(phy(b, 2, 1, 0) & 0x24, ==, 0x24);
    phy(b, 1, 4, 0x0001);
    g_assert_cmphex(phy(b, 2, 4, 0), ==, 0x0001);
    phy(b, 1, 0, 0x8000);
    g_assert_cmphex(phy(b, 2, 4, 0), ==, 0x0de1);
    g_assert_cmphex(phy(b, 2, 0, 0) & 0x8000, ==, 0);
    wr(b, MDIC, 2 << 26 | 5 << 21);                     /* nobody there */
    g_assert_cmphex(rd(b, MDIC) >> 30, ==, 1);
    g_assert_cmphex(rd(b, STATUS) & 2, ==, 0);
    wr(b, CTRL, 0x40);
    g_assert_cmphex(rd(b, STATUS) & 2, ==, 2);
    g_assert_cmphex(rd(b, ICR), ==, LSC);
    done(b);
    b = bench_new("e1000");
    wr(b, CTRL, 0x40);
    g_assert_cmphex(rd(b, STATUS) & 2, ==, 0);          /* no cable */
    g_assert_cmphex(phy(b, 2, 1, 0) & 0x24, ==, 0);
    bench_free(b);
}

/* --- Interrupts ------------------------------------------------------------------------------- */

static void causes_and_masks(void)
{
    Bench *b = make();
    wr(b, ICS, LSC);
    g_assert_false(interrupt(b));
    wr(b, IMS, LSC | RXT0);
    g_assert_true(interrupt(b));
    wr(b, IMC, LSC);
    g_assert_false(interrupt(b));
    g_assert_cmphex(rd(b, IMS), ==, RXT0);
    wr(b, IMS, LSC);
    g_assert_cmphex(rd(b, ICR), ==, LSC);
    g_assert_false(interrupt(b));
    g_assert_cmphex(rd(b, ICR), ==, 0);
    wr(b, ICS, LSC | TXDW);
    wr(b, ICR, LSC);
    g_assert_false(interrupt(b));
    g_assert_cmphex(rd(b, ICR), ==, TXDW);
    done(b);
}

static void interrupts_keep_their_distance(void)
{
    Bench *b = make();
    wr(b, ITR, 1000);                                   /* 256 us */
    wr(b, IMS, LSC);
    wr(b, ICS, LSC);
    g_assert_true(interrupt(b));
    rd(b, ICR);
    wr(b, ICS, LSC);
    g_assert_false(interrupt(b));
    bench_step(b, 255999);
    g_assert_false(interrupt(b));
    bench_step(b, 1);
    g_assert_true(interrupt(b));
    rd(b, ICR);
    bench_step(b, 1000000);
    g_assert_false(interrupt(b));
    wr(b, ICS, LSC);
    g_assert_true(interrupt(b));
    bench_round_trip(b);
    done(b);
}

/* --- Receiving -------------------------------------------------------------------------------- */

static void a_frame_arrives(void)
{
    Bench *b = make();
    uint8_t p[1518];
    start(b, 0);
    wr(b, IMS, RXT0);
    feed(b, own, 200);
    g_assert_true(interrupt(b));
    g_assert_cmphex(rd(b, ICR) & RXT0, ==, RXT0);
    g_assert_cmpuint(rd(b, RDH), ==, 1);
    g_assert_cmpuint(ld_le16(rx_desc(b, 0) + 8), ==, 200);
    g_assert_cmphex(rx_desc(b, 0)[12], ==, 0x07);       /* DD, EOP, no checksum looked at */
    g_assert_cmphex(rx_desc(b, 0)[13], ==, 0);
    g_assert_cmpmem(bench_ram(b) + RX_BUFFERS, 200, p, frame(p, own, 0x88b5, 200));
    wr(b, RCTL, EN);                                    /* with its checksum, and padded */
    feed(b, own, 20);
    g_assert_cmpuint(ld_le16(rx_desc(b, 1) + 8), ==, 64);
    g_assert_cmpuint(rd(b, STATS + 4 * 29), ==, 2);     /* GPRC, which reading clears */
    g_assert_cmpuint(rd(b, STATS + 4 * 29), ==, 0);
    g_assert_cmpuint(rd(b, STATS + 4 * 34), ==, 204 + 64);
    g_assert_cmpuint(rd(b, STATS + 4 * 35), ==, 0);
    g_assert_cmpuint(rd(b, STATS + 4 * 34), ==, 0);
    bench_round_trip(b);
    done(b);
}

static bool arrives(Bench *b, const uint8_t *to)
{
    unsigned before = rd(b, RDH);
    feed(b, to, 100);
    bool came = rd(b, RDH) != before;
    wr(b, RDT, (rd(b, RDH) + N - 1) % N);
    return came;
}

static void filters(void)
{
    static const uint8_t all[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
    static const uint8_t group[6] = { 0x01, 0x00, 0x5e, 0x00, 0x12, 0x34 };
    static const uint8_t other[6] = { 0x52, 0x54, 0x00, 0x01, 0x02, 0x04 };
    static const uint8_t shifts[4] = { 4, 3, 2, 0 };
    Bench *b = make();
    start(b, 0);
    g_assert_true(arrives(b, own));
    g_assert_false(arrives(b, all));
    g_assert_false(arrives(b, group));
    g_assert_false(arrives(b, other));
    wr(b, RAL + 8 * 15, 0x01005452);
    wr(b, RAL + 8 * 15 + 4, 0x80000402);
    g_assert_true(arrives(b, other));
    wr(b, RAL + 8 * 15 + 4, 0x00000402);                /* not valid */
    g_assert_false(arrives(b, other));
    wr(b, RCTL, EN | BAM);
    g_assert_true(arrives(b, all));
    wr(b, RCTL, EN | UPE);
    g_assert_true(arrives(b, other));
    g_assert_false(arrives(b, group));
    wr(b, RCTL, EN | MPE);
    g_assert_true(arrives(b, group));
    g_assert_false(arrives(b, other));
    for (unsigned mo = 0; mo < 4; mo++) {
        unsigned hash = 0x3412 >> shifts[mo] & 0xfff;
        wr(b, RCTL, EN | mo << 12);
        g_assert_false(arrives(b, group));
        wr(b, MTA + 4 * (hash >> 5), BIT32(hash & 31));
        g_assert_true(arrives(b, group));
        wr(b, MTA + 4 * (hash >> 5), 0);
    }
    wr(b, RCTL, 0);
    g_assert_false(arrives(b, own));
    done(b);
}

static void long_frames_take_several_buffers(void)
{
    Bench *b = make();
    uint8_t p[1518];
    start(b, 3 << 16);                                  /* 256 bytes each */
    feed(b, own, 700);
    g_assert_cmpuint(rd(b, RDH), ==, 3);
    frame(p, own, 0x88b5, 700);
    for (unsigned i = 0; i < 3; i++) {
        unsigned len = i < 2 ? 256 : 700 - 512;
        g_assert_cmpuint(ld_le16(rx_desc(b, i) + 8), ==, len);
        g_assert_cmphex(rx_desc(b, i)[12] & 3, ==, i < 2 ? 1 : 3);
        g_assert_cmpmem(bench_ram(b) + RX_BUFFERS + 0x1000 * i, len, p + 256 * i, len);
    }
    done(b);
}

static void waits_for_descriptors(void)
{
    Bench *b = make();
    start(b, 0);
    rd(b, ICR);
    for (unsigned i = 0; i < 10; i++) {
        feed(b, own, 64 + i);
    }
    g_assert_cmpuint(rd(b, RDH), ==, N - 1);            /* one is always the driver's */
    g_assert_cmphex(rd(b, ICR), ==, RXT0 | RXDMT0);
    wr(b, RDT, 4);
    bench_step(b, 0);
    g_assert_cmpuint(rd(b, RDH), ==, 2);
    g_assert_cmpuint(ld_le16(rx_desc(b, 1) + 8), ==, 64 + 9);
    done(b);
}

/* 20 bytes of IPv4 header and a UDP datagram, checksums right. */
static unsigned udp(uint8_t *p, unsigned payload)
{
    static const uint8_t ip[] = { 0x45, 0, 0, 0, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 2, 2, 10, 0, 2, 15 };
    uint32_t sum = 0;
    unsigned len = frame(p, own, 0x0800, 14 + 28 + payload);
    memcpy(p + 14, ip, 20);
    st_be16(p + 16, 28 + payload);
    for (unsigned i = 0; i < 20; i += 2) {
        sum += ld_be16(p + 14 + i);
    }
    sum = (sum & 0xffff) + (sum >> 16);
    st_be16(p + 24, ~((sum & 0xffff) + (sum >> 16)));
    st_be16(p + 38, 8 + payload);
    st_be16(p + 40, 0);
    sum = 17 + 8 + payload;
    for (unsigned i = 26; i < 34 + 8 + payload; i += 2) {
        sum += i + 1 < len ? ld_be16(p + i) : p[i] << 8;
    }
    sum = (sum & 0xffff) + (sum >> 16);
    st_be16(p + 40, ~((sum & 0xffff) + (sum >> 16)));
    return len;
}

static void checksums_are_looked_at(void)
{
    Bench *b = make();
    uint8_t p[1518];
    start(b, 0);
    wr(b, RXCSUM, 0x300 | 14);
    unsigned len = udp(p, 101);
    net_memory_feed(port, p, len);
    g_assert_cmphex(rx_desc(b, 0)[12], ==, 0x63);
    g_assert_cmphex(rx_desc(b, 0)[13], ==, 0);
    p[60] ^= 1;
    net_memory_feed(port, p, len);
    g_assert_cmphex(rx_desc(b, 1)[13], ==, 0x20);
    p[60] ^= 1;
    p[22] ^= 1;
    net_memory_feed(port, p, len);
    g_assert_cmphex(rx_desc(b, 2)[13], ==, 0x40);
    p[14 + 20] ^= 0xff;                                 /* a fragment has no whole sum */
    p[20] = 0x20;
    net_memory_feed(port, p, len);
    g_assert_cmphex(rx_desc(b, 3)[12] & 0x20, ==, 0);
    done(b);
}

static void vlan_tags(void)
{
    Bench *b = make();
    uint8_t p[200];
    start(b, 1 << 18);                                  /* VFE */
    wr(b, CTRL, 0x40000040);
    frame(p, own, 0x8100, 104);
    st_be16(p + 14, 0x2005);
    net_memory_feed(port, p, 104);
    g_assert_cmpuint(rd(b, RDH), ==, 0);
    wr(b, VFTA, 0x20);
    net_memory_feed(port, p, 104);
    g_assert_cmpuint(ld_le16(rx_desc(b, 0) + 8), ==, 100);
    g_assert_cmphex(rx_desc(b, 0)[12] & 8, ==, 8);
    g_assert_cmphex(ld_le16(rx_desc(b, 0) + 14), ==, 0x2005);
    g_assert_cmpmem(bench_ram(b) + RX_BUFFERS + 12, 88, p + 16, 88);
    frame(bench_ram(b) + TX_DATA, own, 0x0800, 100);
    put_desc(b, 0, TX_DATA, 100 | (EOP | IFCS | VLE) << 24, 0x2007u << 16);
    wr(b, TDT, 1);
    g_autoptr(GBytes) sent = net_memory_take(port);
    const uint8_t *q = g_bytes_get_data(sent, NULL);
    g_assert_cmpuint(g_bytes_get_size(sent), ==, 104);
    g_assert_cmphex(ld_be32(q + 12), ==, 0x81002007);
    g_assert_cmphex(ld_be16(q + 16), ==, 0x0800);
    done(b);
}

/* --- Sending ---------------------------------------------------------------------------------- */

static void a_frame_is_sent(void)
{
    Bench *b = make();
    uint8_t p[300];
    start(b, 0);
    wr(b, IMS, TXDW);
    memcpy(bench_ram(b) + TX_DATA, p, frame(p, own, 0x88b5, 300));
    put_desc(b, 0, TX_DATA, 100, 0);                    /* in two pieces */
    put_desc(b, 1, TX_DATA + 100, 200 | (EOP | IFCS | RS) << 24, 0);
    wr(b, TDT, 2);
    g_assert_true(interrupt(b));
    g_assert_cmphex(rd(b, ICR), ==, TXDW | TXQE);
    g_assert_cmpuint(rd(b, TDH), ==, 2);
    g_assert_cmphex(bench_ram(b)[TX_RING + 12], ==, 0);
    g_assert_cmphex(bench_ram(b)[TX_RING + 16 + 12], ==, 1);
    g_autoptr(GBytes) sent = net_memory_take(port);
    g_assert_cmpmem(g_bytes_get_data(sent, NULL), g_bytes_get_size(sent), p, 300);
    put_desc(b, 2, TX_DATA, 20 | (EOP | IFCS) << 24, 0);
    wr(b, TDT, 3);
    g_autoptr(GBytes) padded = net_memory_take(port);
    g_assert_cmpuint(g_bytes_get_size(padded), ==, 60);
    g_assert_cmpuint(rd(b, STATS + 4 * 32), ==, 2);     /* GPTC */
    done(b);
}

static void checksums_are_inserted(void)
{
    Bench *b = make();
    uint8_t want[1518], *p = bench_ram(b) + TX_DATA;
    unsigned len = udp(want, 301);
    start(b, 0);
    memcpy(p, want, len);
    st_be16(p + 24, 0xdead);                            /* the IP one is made from nothing */
    uint32_t pseudo = 17 + 309 + 0x0a00 + 0x0202 + 0x0a00 + 0x020f;
    st_be16(p + 40, (pseudo & 0xffff) + (pseudo >> 16));
    put_desc(b, 0, 14 | 24 << 8 | 33 << 16 | (uint64_t)(34 | 40 << 8) << 32, (DEXT | 2u) << 24, 0);
    put_desc(b, 1, TX_DATA, len | 1 << 20 | (uint32_t)(EOP | IFCS | DEXT | RS) << 24, 0x300);
    wr(b, TDT, 2);
    g_autoptr(GBytes) sent = net_memory_take(port);
    g_assert_cmpmem(g_bytes_get_data(sent, NULL), g_bytes_get_size(sent), want, len);
    memcpy(p, want, len);                               /* the old way: CSS, CSO */
    st_be16(p + 40, (pseudo & 0xffff) + (pseudo >> 16));
    put_desc(b, 2, TX_DATA, len | 40 << 16 | (EOP | IFCS | IC) << 24, 34 << 8);
    wr(b, TDT, 3);
    g_autoptr(GBytes) again = net_memory_take(port);
    g_assert_cmpmem(g_bytes_get_data(again, NULL), g_bytes_get_size(again), want, len);
    done(b);
}

static unsigned fold(const uint8_t *p, unsigned n, uint32_t sum)
{
    for (unsigned i = 0; i < n; i += 2) {
        sum += i + 1 < n ? ld_be16(p + i) : p[i] << 8;
    }
    sum = (sum & 0xffff) + (sum >> 16);
    return (sum & 0xffff) + (sum >> 16);
}

/* A TCP packet of 2500 bytes in segments of 1000, its data in uneven pieces. */
static void segments(void)
{
    static const uint8_t ip[] = { 0x45, 0, 0, 0, 0x12, 0xff, 0x40, 0, 64, 6, 0, 0, 10, 0, 2, 15, 10, 0, 2, 2 };
    static const uint8_t tcp[] = { 0x12, 0x34, 0, 80, 0xff, 0xff, 0xff, 0x00, 0, 0, 0, 1, 0x50, 0x19, 16, 0 };
    Bench *b = make();
    uint8_t *p = bench_ram(b) + TX_DATA;
    start(b, 0);
    frame(p, own, 0x0800, 54 + 2500);
    memcpy(p + 14, ip, 20);
    memcpy(p + 34, tcp, 16);
    st_be32(p + 50, 0);
    st_be16(p + 50, fold(ip + 12, 8, 6));               /* without the length */
    put_desc(b, 0, 14 | 24 << 8 | 33 << 16 | (uint64_t)(34 | 50 << 8) << 32,
             2500 | (uint32_t)(DEXT | TSE | 3) << 24, 54 << 8 | 1000u << 16);
    uint32_t cmd = 1 << 20 | (uint32_t)(DEXT | TSE | IFCS | RS) << 24;
    put_desc(b, 1, TX_DATA, 54 | cmd, 0x300);
    put_desc(b, 2, TX_DATA + 54, 1700 | cmd, 0x300);
    put_desc(b, 3, TX_DATA + 1754, 800 | cmd | EOP << 24, 0x300);
    wr(b, TDT, 4);
    for (unsigned i = 0; i < 3; i++) {
        g_autoptr(GBytes) sent = net_memory_take(port);
        gsize len;
        const uint8_t *q = g_bytes_get_data(sent, &len);
        unsigned payload = i < 2 ? 1000 : 500;
        g_assert_cmpuint(len, ==, 54 + payload);
        g_assert_cmpuint(ld_be16(q + 16), ==, 40 + payload);
        g_assert_cmphex(ld_be16(q + 18), ==, 0x12ff + i);
        g_assert_cmphex(ld_be32(q + 38), ==, 0xffffff00 + 1000 * i);
        g_assert_cmphex(q[47], ==, i < 2 ? 0x10 : 0x19);        /* PSH and FIN in the last */
        g_assert_cmphex(fold(q + 14, 20, 0), ==, 0xffff);
        g_assert_cmphex(fold(q + 34, 20 + payload, fold(q + 26, 8, 6 + 20 + payload)), ==, 0xffff);
        g_assert_cmpmem(q + 54, payload, p + 54 + 1000 * i, payload);
    }
    g_assert_null(net_memory_take(port));
    g_assert_cmpuint(rd(b, STATS + 4 * 62), ==, 1);     /* TSCTC */
    done(b);
}

static void reset_takes_the_rings_away(void)
{
    Bench *b = make();
    start(b, 0);
    wr(b, IMS, RXT0);
    feed(b, own, 100);
    g_assert_true(interrupt(b));
    wr(b, CTRL, 1 << 26);
    g_assert_false(interrupt(b));
    g_assert_cmphex(rd(b, RCTL) | rd(b, RDLEN) | rd(b, IMS) | rd(b, ICR), ==, 0);
    g_assert_cmphex(rd(b, CTRL) & 1 << 26, ==, 0);
    g_assert_cmphex(rd(b, RAL), ==, 0x01005452);
    done(b);
}

static void registers_through_io(void)
{
    Bench *b = make();
    memory_region_mmio_write(device_region(b->dev, 1), 0, RDLEN, 4, ENDIAN_LITTLE, NULL);
    memory_region_mmio_write(device_region(b->dev, 1), 4, 0x1280, 4, ENDIAN_LITTLE, NULL);
    g_assert_cmphex(rd(b, RDLEN), ==, 0x1280);
    g_assert_cmphex(memory_region_mmio_read(device_region(b->dev, 1), 4, 4, ENDIAN_LITTLE, NULL), ==,
                    0x1280);
    done(b);
}

static void random_rings(void)
{
    static const uint16_t regs[] = { TDT, TDH, RDT, RDH, TDLEN, RDLEN, RCTL, TCTL, CTRL, ICS, IMS, ITR,
                                     RXCSUM, EECD, MDIC, 0x38, 0x3828 };
    Bench *b = make();
    for (unsigned i = 0; i < 3000; i++) {
        uint32_t r = g_test_rand_int();
        if (i % 20 == 0) {
            start(b, r & (UPE | MPE | BAM));
            for (unsigned k = 0; k < 16 * N; k += 4) {
                st_le32(bench_ram(b) + TX_RING + k, g_test_rand_int() & (k & 4 ? 0x1f : 0xe1f7ffff));
            }
            wr(b, TDT, r % N);
        }
        wr(b, regs[(r >> 8) % ARRAY_SIZE(regs)], r & 1 ? r >> 16 : (uint32_t)g_test_rand_int());
        feed(b, own, 60 + (r >> 20) % 1400);
        bench_step(b, 100000);
        for (GBytes *sent; (sent = net_memory_take(port));) {
            g_bytes_unref(sent);
        }
        if (i % 100 == 0) {
            bench_round_trip(b);
        }
    }
    done(b);
}

#define TEST(fn) g_test_add_func("/hw/e1000/" #fn, fn)

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    TEST(eeprom_holds_the_address);
    TEST(eeprom_by_its_wires);
    TEST(phy_has_a_link);
    TEST(causes_and_masks);
    TEST(interrupts_keep_their_distance);
    TEST(a_frame_arrives);
    TEST(filters);
    TEST(long_frames_take_several_buffers);
    TEST(waits_for_descriptors);
    TEST(checksums_are_looked_at);
    TEST(vlan_tags);
    TEST(a_frame_is_sent);
    TEST(checksums_are_inserted);
    TEST(segments);
    TEST(reset_takes_the_rings_away);
    TEST(registers_through_io);
    TEST(random_rings);
    return g_test_run();
}
