/* SPDX-License-Identifier: MIT */
/* LAN91C111 on the bench, driven as a driver would (data sheet, chapter 8). */
#include "io/net/net.h"
#include "tests/hw/bench.h"

static NetPort *port;

static uint16_t rd(Bench *b, unsigned bank, unsigned reg)
{
    bench_write_at(b, 0, 14, bank, 2);
    return bench_read_at(b, 0, reg, 2);
}

static void wr(Bench *b, unsigned bank, unsigned reg, uint16_t value)
{
    bench_write_at(b, 0, 14, bank, 2);
    bench_write_at(b, 0, reg, value, 2);
}

static void wr8(Bench *b, unsigned bank, unsigned reg, uint8_t value)
{
    bench_write_at(b, 0, 14, bank, 2);
    bench_write_at(b, 0, reg, value, 1);
}

enum { TCR = 0, RCR = 4, MIR = 8, CONTROL = 12, MMUCR = 0, PNR = 2, FIFO = 4, PTR = 6, DATA = 8, INT = 12 };
enum { ALLOC = 0x20, RELEASE_RX = 0x80, RELEASE = 0xa0, ENQUEUE = 0xc0 };

/* A frame of len bytes into a fresh packet; returns the packet's number. */
static unsigned put_frame(Bench *b, const uint8_t *frame, unsigned len)
{
    wr(b, 2, MMUCR, ALLOC);
    unsigned packet = bench_read_at(b, 0, 3, 1);
    g_assert_cmpuint(packet, <, 4);
    wr8(b, 2, PNR, packet);
    wr(b, 2, PTR, 0x4000);
    bench_write_at(b, 0, DATA, (uint32_t)(len + 6) << 16, 4);
    unsigned i = 0;
    for (; i + 4 <= len; i += 4) {
        bench_write_at(b, 0, DATA, ld_le32(frame + i), 4);
    }
    for (; i + 2 <= len; i += 2) {
        bench_write_at(b, 0, DATA, ld_le16(frame + i), 2);
    }
    bench_write_at(b, 0, DATA, len & 1 ? 0x2000 | frame[len - 1] : 0, 2);
    return packet;
}

static uint8_t frame[1514];

static void make_frame(unsigned len, const char *to)
{
    for (unsigned i = 0; i < len; i++) {
        frame[i] = i * 5 + 1;
    }
    memcpy(frame, to, 6);
}

static void sends(Bench *b, unsigned len)
{
    make_frame(len, "\xff\xff\xff\xff\xff\xff");
    wr(b, 0, TCR, 0x0001);
    wr8(b, 2, 13, 0x02);
    unsigned packet = put_frame(b, frame, len);
    wr(b, 2, MMUCR, ENQUEUE);
    g_autoptr(GBytes) sent = net_memory_take(port);
    g_assert_nonnull(sent);
    g_assert_cmpmem(g_bytes_get_data(sent, NULL), g_bytes_get_size(sent), frame, len);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(rd(b, 2, FIFO) & 0xff, ==, packet);
    wr8(b, 2, INT, 0x02);
    g_assert_false(bench_irq(b, 0));
    g_assert_cmphex(rd(b, 2, FIFO) & 0x80, ==, 0x80);
    wr8(b, 2, PNR, packet);
    wr(b, 2, MMUCR, RELEASE);
    g_assert_cmphex(rd(b, 0, MIR), ==, 0x0404);
}

static void sends_even(Bench *b)
{
    sends(b, 100);
}

static void sends_odd(Bench *b)
{
    sends(b, 1513);
}

static void auto_release(Bench *b)
{
    make_frame(60, "\xff\xff\xff\xff\xff\xff");
    wr(b, 1, CONTROL, 0x0800);
    wr(b, 0, TCR, 0x0001);
    put_frame(b, frame, 60);
    wr(b, 2, MMUCR, ENQUEUE);
    g_assert_cmphex(rd(b, 0, MIR), ==, 0x0404);
    g_assert_cmphex(rd(b, 2, INT) & 0x06, ==, 0x04);    /* TX EMPTY, no TX */
    g_bytes_unref(net_memory_take(port));
}

static void allocation_waits(Bench *b)
{
    for (unsigned i = 0; i < 4; i++) {
        wr(b, 2, MMUCR, ALLOC);
        g_assert_cmphex(bench_read_at(b, 0, 3, 1), ==, i);
    }
    wr(b, 2, MMUCR, ALLOC);
    g_assert_cmphex(bench_read_at(b, 0, 3, 1), ==, 0x80);
    g_assert_cmphex(rd(b, 2, INT) & 0x08, ==, 0);
    wr8(b, 2, PNR, 2);
    wr(b, 2, MMUCR, RELEASE);
    g_assert_cmphex(rd(b, 2, INT) & 0x08, ==, 0x08);
    g_assert_cmphex(bench_read_at(b, 0, 3, 1), ==, 2);
}

static void receives(Bench *b)
{
    wr(b, 0, RCR, 0x0300);
    wr8(b, 2, 13, 0x01);
    make_frame(61, "\x52\x54\x00\x01\x02\x03");
    net_memory_feed(port, frame, 61);
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(rd(b, 2, FIFO) >> 8, ==, 0);
    wr(b, 2, PTR, 0xe000);
    uint32_t head = bench_read_at(b, 0, DATA, 4);
    g_assert_cmphex(head, ==, (61 + 5) << 16 | 0x1000);
    for (unsigned i = 0; i < 60; i += 4) {
        g_assert_cmphex(bench_read_at(b, 0, DATA, 4), ==, ld_le32(frame + i));
    }
    g_assert_cmphex(bench_read_at(b, 0, DATA, 2), ==, 0x6000 | frame[60]);
    wr(b, 2, MMUCR, RELEASE_RX);
    g_assert_false(bench_irq(b, 0));
}

static void filters(Bench *b)
{
    wr(b, 0, RCR, 0x0300);
    make_frame(60, "\x52\x54\x00\x99\x99\x99");         /* somebody else's */
    net_memory_feed(port, frame, 60);
    g_assert_cmphex(rd(b, 2, FIFO) >> 8, ==, 0x80);
    make_frame(60, "\x01\x00\x5e\x00\x00\x01");         /* a group without a bit in the table */
    net_memory_feed(port, frame, 60);
    g_assert_cmphex(rd(b, 2, FIFO) >> 8, ==, 0x80);
    for (unsigned i = 0; i < 8; i += 2) {
        wr(b, 3, i, 0xffff);
    }
    net_memory_feed(port, frame, 60);
    g_assert_cmphex(rd(b, 2, FIFO) >> 8, ==, 0);
    wr(b, 2, MMUCR, RELEASE_RX);
    wr(b, 0, RCR, 0x0302);                              /* promiscuous */
    make_frame(60, "\x52\x54\x00\x99\x99\x99");
    net_memory_feed(port, frame, 60);
    g_assert_cmphex(rd(b, 2, FIFO) >> 8, ==, 0);
}

/* More frames than packets: they wait for room. */
static void frames_wait_for_room(Bench *b)
{
    wr(b, 0, RCR, 0x0300);
    for (unsigned i = 0; i < 6; i++) {
        make_frame(60, "\xff\xff\xff\xff\xff\xff");
        frame[59] = i;
        net_memory_feed(port, frame, 60);
    }
    for (unsigned i = 0; i < 6; i++) {
        wr(b, 2, PTR, 0xe000 | (4 + 59));
        g_assert_cmphex(bench_read_at(b, 0, DATA, 1), ==, i);
        wr(b, 2, MMUCR, RELEASE_RX);
    }
    g_assert_cmphex(rd(b, 2, FIFO) >> 8, ==, 0x80);
}

/* One bit out, the level that the PHY drives before the clock edge back. */
static unsigned mii_bit(Bench *b, unsigned mgmt)
{
    unsigned in = rd(b, 3, 8) >> 1 & 1;
    wr(b, 3, 8, mgmt);
    wr(b, 3, 8, mgmt | 4);
    return in;
}

static void mii_out(Bench *b, uint32_t value, unsigned bits)
{
    while (bits--) {
        mii_bit(b, 8 | (value >> bits & 1));
    }
}

static unsigned mii_read(Bench *b, unsigned phy, unsigned reg)
{
    unsigned v = 0;
    mii_out(b, 0xffffffff, 32);
    mii_out(b, 6 << 10 | phy << 5 | reg, 14);
    for (unsigned i = 0; i < 18; i++) {
        v = v << 1 | mii_bit(b, 0);
    }
    return v;                           /* Linux takes all 18 bits */
}

static void phy(Bench *b)
{
    g_assert_cmphex(mii_read(b, 0, 2), ==, 0x0016);
    g_assert_cmphex(mii_read(b, 0, 3), ==, 0xf840);
    g_assert_cmphex(mii_read(b, 1, 2), ==, 0);          /* nobody */
    g_assert_cmphex(mii_read(b, 0, 1) & 0x24, ==, 0x24);
    mii_out(b, 0xffffffff, 32);
    mii_out(b, 5 << 28 | 4 << 18 | 2 << 16 | 0x0061, 32);
    g_assert_cmphex(mii_read(b, 0, 4), ==, 0x0061);
}

static void identification(Bench *b)
{
    g_assert_cmphex(rd(b, 3, 10), ==, 0x3391);
    g_assert_cmphex(rd(b, 3, 14), ==, 0x3303);
    g_assert_cmphex(rd(b, 1, 2), ==, 0x1801);
    g_assert_cmphex(rd(b, 1, 4), ==, 0x5452);
    g_assert_cmphex(rd(b, 1, 8), ==, 0x0302);
}

static void survives_a_snapshot(Bench *b)
{
    wr(b, 0, RCR, 0x0300);
    make_frame(60, "\xff\xff\xff\xff\xff\xff");
    net_memory_feed(port, frame, 60);
    bench_round_trip(b);
    wr(b, 2, PTR, 0xe000 | (4 + 12));
    g_assert_cmphex(bench_read_at(b, 0, DATA, 1), ==, frame[12]);
}

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    port = net_memory();
    bench_provide("net", port);
#define TEST(fn) BENCH_TEST(fn, "smc91c111", "netdev=net", "mac=52:54:00:01:02:03")
    TEST(sends_even);
    TEST(sends_odd);
    TEST(auto_release);
    TEST(allocation_waits);
    TEST(receives);
    TEST(filters);
    TEST(frames_wait_for_room);
    TEST(phy);
    TEST(identification);
    TEST(survives_a_snapshot);
    return g_test_run();
}
