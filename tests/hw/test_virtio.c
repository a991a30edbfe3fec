/* SPDX-License-Identifier: MIT */
/*
 * virtio over MMIO: a small driver in the test finds the device, sets up queues in the bench's RAM
 * and makes requests, in both interfaces; then rings that no driver would write.
 */
#include "hw/virtio/virtio.h"
#include "io/block/block.h"
#include "io/net/net.h"
#include "tests/hw/bench.h"

enum { MAGIC = 0x00, VERSION = 0x04, ID = 0x08, FEATURES = 0x10, FEATURES_SEL = 0x14,
       DRIVER_FEATURES = 0x20, DRIVER_SEL = 0x24, PAGE_SIZE_REG = 0x28, QUEUE_SEL = 0x30,
       QUEUE_MAX = 0x34, QUEUE_NUM = 0x38, QUEUE_ALIGN = 0x3c, QUEUE_PFN = 0x40, QUEUE_READY = 0x44,
       NOTIFY = 0x50, INT_STATUS = 0x60, INT_ACK = 0x64, STATUS = 0x70, DESC = 0x80, AVAIL = 0x90,
       USED = 0xa0, CONFIG = 0x100 };

enum { NUM = 8, DESC_NEXT = 1, DESC_WRITE = 2, DESC_INDIRECT = 4 };

/* ---- the driver ---- */

/* Queue q's ring is legacy-shaped in a stretch of its own: good for both interfaces. */
static uint64_t ring(unsigned q)
{
    return 0x10000 + q * 0x4000;
}
#define DESC_AT(q, i) (ring(q) + 16 * (i))
#define AVAIL_AT(q)   (ring(q) + 16 * NUM)
#define USED_AT(q)    (ring(q) + 0x1000)
#define DATA          0x40000

static void put_desc(Bench *b, uint64_t at, uint64_t addr, uint32_t len, uint16_t flags,
                     uint16_t next)
{
    uint8_t *d = bench_ram(b) + at;
    st_le64(d, addr);
    st_le32(d + 8, len);
    st_le16(d + 12, flags);
    st_le16(d + 14, next);
}

static void offer(Bench *b, unsigned q, uint16_t head)
{
    uint8_t *avail = bench_ram(b) + AVAIL_AT(q);
    uint16_t idx = ld_le16(avail + 2);
    st_le16(avail + 4 + 2 * (idx % NUM), head);
    st_le16(avail + 2, idx + 1);
    bench_write(b, NOTIFY, q);
}

static uint16_t used_idx(Bench *b, unsigned q)
{
    return ld_le16(bench_ram(b) + USED_AT(q) + 2);
}

static uint32_t used_len(Bench *b, unsigned q, unsigned n)
{
    return ld_le32(bench_ram(b) + USED_AT(q) + 4 + 8 * (n % NUM) + 4);
}

static uint64_t offered(Bench *b)
{
    bench_write(b, FEATURES_SEL, 1);
    uint64_t high = bench_read(b, FEATURES);
    bench_write(b, FEATURES_SEL, 0);
    return high << 32 | bench_read(b, FEATURES);
}

static void accept(Bench *b, uint64_t features)
{
    for (unsigned i = 0; i < 2; i++) {
        bench_write(b, DRIVER_SEL, i);
        bench_write(b, DRIVER_FEATURES, features >> (32 * i));
    }
}

static void set_queue(Bench *b, unsigned q, bool legacy)
{
    bench_write(b, QUEUE_SEL, q);
    g_assert_cmpuint(bench_read(b, QUEUE_MAX), >=, NUM);
    bench_write(b, QUEUE_NUM, NUM);
    if (legacy) {
        bench_write(b, QUEUE_ALIGN, 4096);
        bench_write(b, QUEUE_PFN, ring(q) / 4096);
        return;
    }
    bench_write(b, DESC, DESC_AT(q, 0));
    bench_write(b, DESC + 4, 0);
    bench_write(b, AVAIL, AVAIL_AT(q));
    bench_write(b, AVAIL + 4, 0);
    bench_write(b, USED, USED_AT(q));
    bench_write(b, USED + 4, 0);
    bench_write(b, QUEUE_READY, 1);
    g_assert_cmpuint(bench_read(b, QUEUE_READY), ==, 1);
}

static void start(Bench *b, uint64_t features, unsigned n_queues)
{
    bool legacy = bench_read(b, VERSION) == 1;
    bench_write(b, STATUS, 0);
    bench_write(b, STATUS, 1);
    bench_write(b, STATUS, 3);
    accept(b, features);
    if (legacy) {
        bench_write(b, PAGE_SIZE_REG, 4096);
    } else {
        bench_write(b, STATUS, 11);
        g_assert_cmphex(bench_read(b, STATUS), ==, 11);
    }
    for (unsigned q = 0; q < n_queues; q++) {
        memset(bench_ram(b) + ring(q), 0, 0x4000);
        set_queue(b, q, legacy);
    }
    bench_write(b, STATUS, legacy ? 7 : 15);
}

static Bench *make(const char *type, const char *prop, bool legacy)
{
    Bench *b = bench_empty();
    if (prop) {
        bench_add(b, "device", type, prop);
    } else {
        bench_add(b, "device", type);
    }
    return bench_finish(b, "virtio-mmio", "device=device", legacy ? "legacy=on" : "legacy=off");
}

#define V1 VIRTIO_F_VERSION_1

/* ---- the transport ---- */

static void driver_finds_the_device(void)
{
    Bench *b = make("virtio-rng", NULL, false);
    g_assert_cmphex(bench_read(b, MAGIC), ==, 0x74726976);
    g_assert_cmpuint(bench_read(b, VERSION), ==, 2);
    g_assert_cmpuint(bench_read(b, ID), ==, VIRTIO_ID_RNG);
    g_assert_cmphex(offered(b), ==, V1 | VIRTIO_F_INDIRECT_DESC | VIRTIO_F_EVENT_IDX);
    bench_write(b, QUEUE_SEL, 1);
    g_assert_cmpuint(bench_read(b, QUEUE_MAX), ==, 0);
    bench_free(b);
}

static void nothing_behind_is_told(void)
{
    Bench *b = bench_finish(bench_empty(), "virtio-mmio");
    g_assert_cmphex(bench_read(b, MAGIC), ==, 0x74726976);
    g_assert_cmpuint(bench_read(b, ID), ==, 0);
    for (unsigned off = 0; off < 0x200; off += 4) {
        bench_read(b, off);
        bench_write(b, off, 1);
    }
    bench_free(b);
}

static void wrong_features_are_refused(void)
{
    Bench *b = make("virtio-rng", NULL, false);
    static const uint64_t wrong[] = { 0, V1 | BIT64(40), V1 | 1 };
    for (unsigned i = 0; i < ARRAY_SIZE(wrong); i++) {
        bench_write(b, STATUS, 0);
        bench_write(b, STATUS, 3);
        accept(b, wrong[i]);
        bench_write(b, STATUS, 11);
        g_assert_cmphex(bench_read(b, STATUS), ==, 3);
    }
    bench_free(b);
}

/* ---- requests ---- */

static void random_bytes(Bench *b, uint64_t features)
{
    start(b, features, 1);
    memset(bench_ram(b) + DATA, 0, 64);
    put_desc(b, DESC_AT(0, 3), DATA, 16, DESC_WRITE | DESC_NEXT, 5);
    put_desc(b, DESC_AT(0, 5), DATA + 0x20, 16, DESC_WRITE, 0);
    offer(b, 0, 3);
    g_assert_cmpuint(used_idx(b, 0), ==, 1);
    g_assert_cmpuint(ld_le32(bench_ram(b) + USED_AT(0) + 4), ==, 3);
    g_assert_cmpuint(used_len(b, 0, 0), ==, 32);
    static const uint8_t zero[16];
    g_assert_false(!memcmp(bench_ram(b) + DATA, zero, 16));
    g_assert_false(!memcmp(bench_ram(b) + DATA + 0x20, zero, 16));
    g_assert_true(!memcmp(bench_ram(b) + DATA + 0x10, zero, 16));
    g_assert_true(bench_irq(b, 0));
    g_assert_cmphex(bench_read(b, INT_STATUS), ==, VIRTIO_INT_QUEUE);
    bench_write(b, INT_ACK, VIRTIO_INT_QUEUE);
    g_assert_false(bench_irq(b, 0));
}

static void requests_work_in_both_interfaces(void)
{
    for (unsigned legacy = 0; legacy < 2; legacy++) {
        Bench *b = make("virtio-rng", "seed=7", legacy);
        random_bytes(b, legacy ? 0 : V1);
        bench_round_trip(b);
        put_desc(b, DESC_AT(0, 0), DATA, 4, DESC_WRITE, 0);
        offer(b, 0, 0);                     /* the queue went on after save and load */
        g_assert_cmpuint(used_idx(b, 0), ==, 2);
        bench_free(b);
    }
}

static int64_t no_time(void *opaque)
{
    return 0;
}

/* In counted time two devices give the same bytes, and different ones else. */
static void randomness_repeats_in_counted_time(void)
{
    for (unsigned counted = 0; counted < 2; counted++) {
        uint64_t v[2];
        for (unsigned i = 0; i < 2; i++) {
            Bench *b = make("virtio-rng", NULL, false);
            clock_set_source(counted ? no_time : NULL, NULL);
            start(b, V1, 1);
            put_desc(b, DESC_AT(0, 0), DATA, 8, DESC_WRITE, 0);
            offer(b, 0, 0);
            v[i] = ld_le64(bench_ram(b) + DATA);
            clock_set_source(NULL, NULL);
            bench_free(b);
        }
        g_assert_cmpint(v[0] == v[1], ==, counted);
    }
}

static void indirect_chains_are_followed(void)
{
    Bench *b = make("virtio-rng", NULL, false);
    start(b, V1 | VIRTIO_F_INDIRECT_DESC, 1);
    put_desc(b, DATA, DATA + 0x100, 8, DESC_WRITE | DESC_NEXT, 1);
    put_desc(b, DATA + 16, DATA + 0x200, 24, DESC_WRITE, 0);
    put_desc(b, DESC_AT(0, 0), DATA, 32, DESC_INDIRECT, 0);
    offer(b, 0, 0);
    g_assert_cmpuint(used_idx(b, 0), ==, 1);
    g_assert_cmpuint(used_len(b, 0, 0), ==, 32);
    bench_free(b);
}

/* The flag of the plain ring, and the event index: no interrupt until the driver wants one. */
static void interrupts_are_held_back(void)
{
    Bench *b = make("virtio-rng", NULL, false);
    start(b, V1, 1);
    put_desc(b, DESC_AT(0, 0), DATA, 4, DESC_WRITE, 0);
    st_le16(bench_ram(b) + AVAIL_AT(0), 1);
    offer(b, 0, 0);
    g_assert_false(bench_irq(b, 0));
    st_le16(bench_ram(b) + AVAIL_AT(0), 0);
    offer(b, 0, 0);
    g_assert_true(bench_irq(b, 0));

    start(b, V1 | VIRTIO_F_EVENT_IDX, 1);
    bench_write(b, INT_ACK, 3);
    put_desc(b, DESC_AT(0, 0), DATA, 4, DESC_WRITE, 0);
    uint8_t *used_event = bench_ram(b) + AVAIL_AT(0) + 4 + 2 * NUM;
    st_le16(used_event, 2);                 /* after the third */
    for (unsigned i = 1; i <= 3; i++) {
        offer(b, 0, 0);
        g_assert_cmpuint(used_idx(b, 0), ==, i);
        g_assert_cmpint(bench_irq(b, 0), ==, i == 3);
    }
    uint8_t *avail_event = bench_ram(b) + USED_AT(0) + 4 + 8 * NUM;
    g_assert_cmpuint(ld_le16(avail_event), ==, 3);
    bench_free(b);
}

static void console_prints_and_types(void)
{
    Bench *b = make("virtio-console", NULL, false);
    CharPort *port = g_hash_table_lookup(b->ports, "device.chardev");
    start(b, V1, 2);
    memcpy(bench_ram(b) + DATA, "hello", 5);
    put_desc(b, DESC_AT(1, 0), DATA, 2, DESC_NEXT, 1);
    put_desc(b, DESC_AT(1, 1), DATA + 2, 3, 0, 0);
    offer(b, 1, 0);
    GString *out = char_memory_take(port);
    g_assert_cmpstr(out->str, ==, "hello");
    g_string_free(out, TRUE);

    put_desc(b, DESC_AT(0, 0), DATA + 0x100, 16, DESC_WRITE, 0);
    char_memory_feed(port, "abc", 3);       /* nobody has room yet */
    offer(b, 0, 0);
    bench_step(b, 1);
    while (g_main_context_iteration(NULL, FALSE)) {
    }
    g_assert_cmpuint(used_idx(b, 0), ==, 1);
    g_assert_cmpuint(used_len(b, 0, 0), ==, 3);
    g_assert_cmpmem(bench_ram(b) + DATA + 0x100, 3, "abc", 3);
    bench_free(b);
}

static void card_sends_and_receives(void)
{
    for (unsigned legacy = 0; legacy < 2; legacy++) {
        unsigned head = legacy ? 10 : 12;
        NetPort *port = net_memory();
        bench_provide("net", port);
        Bench *b = bench_empty();
        bench_add(b, "device", "virtio-net", "netdev=net", "mac=52:54:00:01:02:03");
        b = bench_finish(b, "virtio-mmio", "device=device", legacy ? "legacy=on" : "legacy=off");
        start(b, (legacy ? 0 : V1) | BIT64(5) | BIT64(16), 2);
        g_assert_cmphex(bench_read(b, CONFIG), ==, 0x01005452);
        g_assert_cmphex(bench_read(b, CONFIG + 4), ==, 0x00010302);

        memset(bench_ram(b) + DATA, 0, head);
        memset(bench_ram(b) + DATA + 0x100, 0xab, 60);
        put_desc(b, DESC_AT(1, 0), DATA, head, DESC_NEXT, 1);
        put_desc(b, DESC_AT(1, 1), DATA + 0x100, 60, 0, 0);
        offer(b, 1, 0);
        g_assert_cmpuint(used_idx(b, 1), ==, 1);
        g_autoptr(GBytes) sent = net_memory_take(port);
        g_assert_cmpuint(g_bytes_get_size(sent), ==, 60);

        put_desc(b, DESC_AT(0, 0), DATA + 0x1000, 2048, DESC_WRITE, 0);
        offer(b, 0, 0);
        net_memory_feed(port, g_bytes_get_data(sent, NULL), 60);
        g_assert_cmpuint(used_idx(b, 0), ==, 1);
        g_assert_cmpuint(used_len(b, 0, 0), ==, 60 + head);
        g_assert_cmpmem(bench_ram(b) + DATA + 0x1000 + head, 60, g_bytes_get_data(sent, NULL), 60);
        bench_free(b);
        net_close(port);
    }
}

/* One disk request of 512 bytes (or as many) at DATA; returns the status. */
static unsigned disk_request(Bench *b, unsigned type, uint64_t sector, uint32_t len)
{
    uint8_t *ram = bench_ram(b);
    bool reads = type != 1;
    st_le32(ram + 0x30000, type);
    st_le64(ram + 0x30008, sector);
    ram[0x30010] = 0xff;
    put_desc(b, DESC_AT(0, 0), 0x30000, 16, DESC_NEXT, len ? 1 : 2);
    put_desc(b, DESC_AT(0, 1), DATA, len, DESC_NEXT | (reads ? DESC_WRITE : 0), 2);
    put_desc(b, DESC_AT(0, 2), 0x30010, 1, DESC_WRITE, 0);
    offer(b, 0, 0);
    return ram[0x30010];
}

static void disk_reads_and_writes(void)
{
    Block *disk = block_memory(64 * 1024);
    bench_provide("disk", disk);
    Bench *b = bench_empty();
    bench_add(b, "device", "virtio-blk", "drive=disk", "serial=abc");
    b = bench_finish(b, "virtio-mmio", "device=device");
    start(b, V1, 1);
    g_assert_cmpuint(bench_read(b, CONFIG), ==, 128);               /* sectors */
    uint8_t *data = bench_ram(b) + DATA;
    memset(data, 0x5a, 1024);
    g_assert_cmpuint(disk_request(b, 1, 3, 1024), ==, 0);
    uint8_t got[1024];
    g_assert_true(block_read(disk, 3 * 512, got, sizeof(got)));
    g_assert_cmpmem(got, 1024, data, 1024);
    memset(data, 0, 1024);
    g_assert_cmpuint(disk_request(b, 0, 4, 512), ==, 0);
    g_assert_cmpuint(used_len(b, 0, 1), ==, 513);
    g_assert_cmpmem(data, 512, got, 512);
    g_assert_cmpuint(data[512], ==, 0);
    g_assert_cmpuint(disk_request(b, 4, 0, 0), ==, 0);              /* flush */
    g_assert_cmpuint(disk_request(b, 8, 0, 20), ==, 0);
    g_assert_cmpstr((char *)data, ==, "abc");
    g_assert_cmpuint(disk_request(b, 0, 127, 1024), ==, 1);         /* past the end */
    g_assert_cmpuint(disk_request(b, 1, UINT64_MAX, 512), ==, 1);
    g_assert_cmpuint(disk_request(b, 0, UINT64_MAX / 512, 512), ==, 1);
    g_assert_cmpuint(disk_request(b, 0, 0, 100), ==, 1);            /* no whole sector */
    g_assert_cmpuint(disk_request(b, 99, 0, 512), ==, 2);
    bench_free(b);
    block_close(disk);
}

/* ---- rings that no driver would write ---- */

static void check_broken(Bench *b)
{
    g_assert_cmphex(bench_read(b, STATUS) & VIRTIO_NEEDS_RESET, ==, VIRTIO_NEEDS_RESET);
    g_assert_cmphex(bench_read(b, INT_STATUS) & VIRTIO_INT_CONFIG, ==, VIRTIO_INT_CONFIG);
    start(b, V1 | VIRTIO_F_INDIRECT_DESC, 1);           /* a reset mends it */
    put_desc(b, DESC_AT(0, 0), DATA, 4, DESC_WRITE, 0);
    offer(b, 0, 0);
    g_assert_cmpuint(used_idx(b, 0), ==, 1);
    start(b, V1 | VIRTIO_F_INDIRECT_DESC, 1);
}

static void broken_chains_stop_the_device(void)
{
    Bench *b = make("virtio-rng", NULL, false);
    start(b, V1 | VIRTIO_F_INDIRECT_DESC, 1);
    put_desc(b, DESC_AT(0, 0), DATA, 4, DESC_WRITE | DESC_NEXT, 0);         /* a circle */
    offer(b, 0, 0);
    check_broken(b);
    offer(b, 0, NUM);                                                       /* no such descriptor */
    check_broken(b);
    put_desc(b, DESC_AT(0, 0), DATA, 4, DESC_WRITE | DESC_NEXT, NUM);
    offer(b, 0, 0);
    check_broken(b);
    put_desc(b, DESC_AT(0, 0), DATA, 4, DESC_WRITE | DESC_NEXT, 1);         /* write before read */
    put_desc(b, DESC_AT(0, 1), DATA, 4, 0, 0);
    offer(b, 0, 0);
    check_broken(b);
    put_desc(b, DESC_AT(0, 0), DATA, 24, DESC_INDIRECT, 0);                 /* half a descriptor */
    offer(b, 0, 0);
    check_broken(b);
    put_desc(b, DATA, DATA, 16, DESC_INDIRECT, 0);                          /* within itself */
    put_desc(b, DESC_AT(0, 0), DATA, 16, DESC_INDIRECT, 0);
    offer(b, 0, 0);
    check_broken(b);
    put_desc(b, DESC_AT(0, 0), UINT64_MAX - 100, 0xfff0, DESC_INDIRECT, 0); /* nowhere */
    offer(b, 0, 0);
    check_broken(b);
    st_le16(bench_ram(b) + AVAIL_AT(0) + 2, 100);                           /* index jumped */
    bench_write(b, NOTIFY, 0);
    check_broken(b);
    bench_free(b);
}

/* A driver that never stops offering is served a queue's worth at a time. */
static void endless_work_is_shared_out(void)
{
    Bench *b = make("virtio-rng", "seed=1", false);
    start(b, V1, 1);
    /* The request's buffer is the available index itself: random, so it breaks or goes on. */
    put_desc(b, DESC_AT(0, 0), AVAIL_AT(0) + 2, 1, DESC_WRITE, 0);
    for (unsigned i = 0; i < NUM; i++) {
        st_le16(bench_ram(b) + AVAIL_AT(0) + 4 + 2 * i, 0);
    }
    offer(b, 0, 0);
    for (unsigned i = 0; i < 100; i++) {
        bench_step(b, NS_PER_US);
    }
    bench_free(b);
}

/* In a buffer, in a ring, over the device's own registers, or anywhere. */
static uint64_t random_address(Bench *b, GRand *r, unsigned q)
{
    uint64_t regs = device_region(b->dev, 0)->addr;
    switch (g_rand_int_range(r, 0, 6)) {
    case 0:
        return ring(q) + g_rand_int_range(r, 0, 0x1200);
    case 1:
        return regs + g_rand_int_range(r, 0, 0x80) * 4;
    case 2:
        return (uint64_t)g_rand_int(r) << g_rand_int_range(r, 0, 33);
    default:
        return DATA + (uint64_t)g_rand_int_range(r, 0, 0x1000);
    }
}

/* Random rings for every kind of device. */
static void random_rings_are_survived(void)
{
    static const char *const types[] = { "virtio-rng", "virtio-console", "virtio-net",
                                         "virtio-blk" };
    GRand *r = g_rand_new_with_seed(3);
    NetPort *port = net_memory();
    Block *disk = block_memory(1 * MiB);
    bench_provide("net", port);
    bench_provide("disk", disk);
    for (unsigned round = 0; round < 400; round++) {
        bool legacy = round & 4;
        static const char *const props[] = { NULL, NULL, "netdev=net", "drive=disk" };
        unsigned kind = round % ARRAY_SIZE(types);
        Bench *b = make(types[kind], props[kind], legacy);
        unsigned n_queues = kind == 0 || kind == 3 ? 1 : 2;
        g_assert_cmpuint(bench_read(b, ID), !=, 0);
        start(b, (legacy ? 0 : V1) | (g_rand_int(r) & 0x30000000), n_queues);
        for (unsigned q = 0; q < n_queues; q++) {
            for (unsigned i = 0; i < NUM; i++) {
                uint64_t addr = random_address(b, r, q);
                uint32_t len = g_rand_boolean(r) ? (uint32_t)g_rand_int_range(r, 0, 64) * 16
                                                 : g_rand_int(r) >> g_rand_int_range(r, 0, 32);
                put_desc(b, DESC_AT(q, i), addr, len, g_rand_int(r) & 7,
                         g_rand_int_range(r, 0, NUM + 1));
            }
        }
        for (unsigned i = 0; i < 16; i++) {
            unsigned q = g_rand_int_range(r, 0, n_queues);
            offer(b, q, g_rand_int_range(r, 0, NUM + 1));
            bench_step(b, 1000);
        }
        bench_round_trip(b);
        bench_free(b);
    }
    g_rand_free(r);
    net_close(port);
    block_close(disk);
}

static void any_register_writes_are_survived(void)
{
    GRand *r = g_rand_new_with_seed(4);
    for (unsigned legacy = 0; legacy < 2; legacy++) {
        Bench *b = make("virtio-console", NULL, legacy);
        for (unsigned i = 0; i < 20000; i++) {
            static const uint32_t values[] = { 0, 1, 2, 3, 7, 8, 11, 15, 256, 4096, 0x80000000u };
            uint32_t v = g_rand_boolean(r) ? values[g_rand_int_range(r, 0, ARRAY_SIZE(values))]
                                           : g_rand_int(r);
            bench_write(b, g_rand_int_range(r, 0, 0x44) * 4, v);
        }
        bench_round_trip(b);
        bench_free(b);
    }
    g_rand_free(r);
}

#define TEST(fn) g_test_add_func("/hw/virtio/" #fn, fn)

int main(int argc, char **argv)
{
    bench_init(&argc, &argv);
    TEST(driver_finds_the_device);
    TEST(nothing_behind_is_told);
    TEST(wrong_features_are_refused);
    TEST(requests_work_in_both_interfaces);
    TEST(randomness_repeats_in_counted_time);
    TEST(indirect_chains_are_followed);
    TEST(interrupts_are_held_back);
    TEST(console_prints_and_types);
    TEST(card_sends_and_receives);
    TEST(disk_reads_and_writes);
    TEST(broken_chains_stop_the_device);
    TEST(endless_work_is_shared_out);
    TEST(random_rings_are_survived);
    TEST(any_register_writes_are_survived);
    return g_test_run();
}
