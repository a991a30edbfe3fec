/* SPDX-License-Identifier: MIT */
/*
 * Regions and address spaces: overlaps, aliases, priorities; widths, byte order; DMA.
 */
#include <inttypes.h>
#include "system/lock.h"
#include "system/memory.h"

static MemoryRegion root;
static AddressSpace as;
static unsigned n_changes;

static void count_change(void *opaque, AddressSpace *space)
{
    n_changes++;
}

static MemoryListener listener = { count_change };

static void set_up(void)
{
    memory_container_init(&root, "root", MEMORY_SIZE_MAX);
    address_space_init(&as, "test", &root);
    address_space_listen(&as, &listener);
    n_changes = 0;
}

static void tear_down(void)
{
    address_space_unlisten(&as, &listener);
    address_space_free(&as);
    memory_region_free(&root);
}

/* --- Devices that note what they were asked --------------------------------------------------- */

static GString *calls;

static uint64_t noting_read(void *opaque, GPa off, unsigned size)
{
    g_string_append_printf(calls, "r%u@%" PRIx64 " ", size, off);
    uint64_t v = 0;
    for (unsigned i = 0; i < size; i++) {
        v |= (uint64_t)(0x10 + off + i) << (8 * i);     /* byte at offset n reads 0x10 + n */
    }
    return v;
}

static uint64_t noting_read_be(void *opaque, GPa off, unsigned size)
{
    return bswap_size(noting_read(opaque, off, size), size);
}

static void noting_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    g_string_append_printf(calls, "w%u@%" PRIx64 "=%" PRIx64 " ", size, off, value);
}

static const MemoryOps any_ops = { noting_read, noting_write, ENDIAN_LITTLE };
static const MemoryOps word_ops = { noting_read, noting_write, ENDIAN_LITTLE, .impl = ACCESS_32 };
static const MemoryOps byte_ops = { noting_read, noting_write, ENDIAN_LITTLE, .impl = ACCESS_8 };
static const MemoryOps be_ops = { noting_read_be, noting_write, ENDIAN_BIG, .impl = ACCESS_16 };
static const MemoryOps strict_ops = { noting_read, noting_write, ENDIAN_LITTLE,
                                      .valid = ACCESS_32 };

static void expect_calls(const char *text)
{
    g_strchomp(calls->str);
    g_assert_cmpstr(calls->str, ==, text);
    g_string_truncate(calls, 0);
}

static void expect_map(const char *text)
{
    GString *s = g_string_new("");
    address_space_print(&as, s);
    g_assert_cmpstr(s->str, ==, text);
    g_string_free(s, TRUE);
}

/* --- The flat map ----------------------------------------------------------------------------- */

static void higher_priority_wins(void)
{
    MemoryRegion a, b, c;
    set_up();
    memory_mmio_init(&a, "a", 0x1000, &any_ops, NULL);
    memory_mmio_init(&b, "b", 0x100, &any_ops, NULL);
    memory_mmio_init(&c, "c", 0x10, &any_ops, NULL);
    memory_add(&root, 0x1000, &a, 0);
    memory_add(&root, 0x1100, &b, 1);
    memory_add(&root, 0x10f8, &c, 2);
    expect_map("0000000000001000-00000000000010f7 mmio  a\n"
               "00000000000010f8-0000000000001107 mmio  c\n"
               "0000000000001108-00000000000011ff mmio  b+0x8\n"
               "0000000000001200-0000000000001fff mmio  a+0x200\n");
    g_assert_true(address_space_lookup(&as, 0x10f7)->mr == &a);
    g_assert_true(address_space_lookup(&as, 0x10f8)->mr == &c);
    g_assert_true(address_space_lookup(&as, 0x1108)->mr == &b);
    g_assert_null(address_space_lookup(&as, 0xfff));
    g_assert_null(address_space_lookup(&as, 0x2000));
    memory_region_free(&c);
    memory_region_free(&b);
    expect_map("0000000000001000-0000000000001fff mmio  a\n");
    memory_region_free(&a);
    expect_map("");
    tear_down();
}

static void later_of_equals_wins(void)
{
    MemoryRegion a, b;
    set_up();
    memory_mmio_init(&a, "a", 0x20, &any_ops, NULL);
    memory_mmio_init(&b, "b", 0x20, &any_ops, NULL);
    memory_add(&root, 0x00, &a, 0);
    memory_add(&root, 0x10, &b, 0);
    expect_map("0000000000000000-000000000000000f mmio  a\n"
               "0000000000000010-000000000000002f mmio  b\n");
    memory_region_free(&a);
    memory_region_free(&b);
    tear_down();
}

static void alias_shows_a_window(void)
{
    MemoryRegion ram, alias, wide;
    set_up();
    g_assert_true(memory_ram_init(&ram, "ram", 0x4000, NULL));
    memory_alias_init(&alias, "alias", &ram, 0x1000, 0x1000);
    memory_alias_init(&wide, "wide", &ram, 0x3000, 0x8000);     /* longer than what is left */
    memory_add(&root, 0x10000, &ram, 0);
    memory_add(&root, 0x80000000, &alias, 0);
    memory_add(&root, 0x90000000, &wide, 0);
    expect_map("0000000000010000-0000000000013fff ram   ram\n"
               "0000000080000000-0000000080000fff ram   ram+0x1000\n"
               "0000000090000000-0000000090000fff ram   ram+0x3000\n");
    address_space_st(&as, 0x80000010, 0x12345678, 4, ENDIAN_LITTLE, NULL);
    g_assert_cmphex(address_space_ld(&as, 0x11010, 4, ENDIAN_LITTLE, NULL), ==, 0x12345678);
    const FlatRange *r = address_space_lookup(&as, 0x80000010);
    g_assert_cmphex(r->ram_off, ==, 0x1000);
    g_assert_true(r->host == ram.ram->host + 0x1000);
    memory_set_alias(&alias, &ram, 0x2000);
    g_assert_cmphex(address_space_lookup(&as, 0x80000010)->ram_off, ==, 0x2000);
    memory_region_free(&alias);
    memory_region_free(&wide);
    memory_region_free(&ram);
    tear_down();
}

static unsigned view_writes;

static void view_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    view_writes++;
}

static void view_shows_anothers_memory(void)
{
    static const MemoryOps ops = { .write = view_write };
    MemoryRegion ram, rom, flash;
    set_up();
    g_assert_true(memory_ram_init(&ram, "ram", 0x4000, NULL));
    memory_view_init(&rom, "rom", MEM_ROM, &ram, NULL, NULL);
    memory_view_init(&flash, "flash", MEM_FLASH, &ram, &ops, NULL);
    memory_add(&root, 0, &ram, 0);
    memory_add(&root, 0x10000, &rom, 0);
    memory_add(&root, 0x20000, &flash, 0);
    address_space_st(&as, 0x3000, 0x5a, 1, ENDIAN_LITTLE, NULL);
    address_space_st(&as, 0x13000, 1, 1, ENDIAN_LITTLE, NULL);
    address_space_st(&as, 0x23000, 2, 1, ENDIAN_LITTLE, NULL);
    g_assert_cmphex(address_space_ld(&as, 0x13000, 1, ENDIAN_LITTLE, NULL), ==, 0x5a);
    g_assert_cmphex(address_space_ld(&as, 0x23000, 1, ENDIAN_LITTLE, NULL), ==, 0x5a);
    g_assert_cmpuint(view_writes, ==, 1);
    memory_region_free(&flash);
    memory_region_free(&rom);
    g_assert_cmphex(ram.ram->host[0x3000], ==, 0x5a);
    memory_region_free(&ram);
    tear_down();
}

static void containers_are_transparent(void)
{
    MemoryRegion bus, low, high, under, window;
    set_up();
    memory_container_init(&bus, "bus", 0x1000);
    memory_mmio_init(&low, "low", 0x100, &any_ops, NULL);
    memory_mmio_init(&high, "high", 0x1000, &any_ops, NULL);    /* sticks out of the container */
    memory_mmio_init(&under, "under", 0x2000, &any_ops, NULL);
    memory_add(&bus, 0x100, &low, 0);
    memory_add(&bus, 0xf00, &high, 0);
    memory_add(&root, 0x0, &under, -1);
    memory_add(&root, 0x0, &bus, 0);
    expect_map("0000000000000000-00000000000000ff mmio  under\n"
               "0000000000000100-00000000000001ff mmio  low\n"
               "0000000000000200-0000000000000eff mmio  under+0x200\n"
               "0000000000000f00-0000000000000fff mmio  high\n"
               "0000000000001000-0000000000001fff mmio  under+0x1000\n");
    memory_alias_init(&window, "window", &bus, 0x180, 0x100);   /* cuts a region of the container */
    memory_add(&root, 0x10000, &window, 0);
    g_assert_cmphex(address_space_lookup(&as, 0x10000)->offset, ==, 0x80);
    g_assert_null(address_space_lookup(&as, 0x10080));
    memory_set_enabled(&bus, false);
    expect_map("0000000000000000-0000000000001fff mmio  under\n");
    memory_region_free(&window);
    memory_region_free(&bus);
    memory_region_free(&low);
    memory_region_free(&high);
    memory_region_free(&under);
    tear_down();
}

static void ends_of_the_space(void)
{
    MemoryRegion top, ram;
    set_up();
    memory_mmio_init(&top, "top", 0x1000, &any_ops, NULL);
    memory_add(&root, UINT64_MAX - 0xfff, &top, 0);
    expect_map("fffffffffffff000-fffffffffffffffe mmio  top\n");
    g_assert_true(address_space_lookup(&as, UINT64_MAX - 1)->mr == &top);
    g_assert_null(address_space_lookup(&as, UINT64_MAX));
    memory_ram_init(&ram, "ram", 0x1000, NULL);
    memory_add(&root, 0, &ram, 0);
    g_assert_true(address_space_lookup(&as, 0)->mr == &ram);
    memory_region_free(&top);
    memory_region_free(&ram);
    tear_down();
}

static void one_map_per_transaction(void)
{
    MemoryRegion a, b;
    set_up();
    memory_mmio_init(&a, "a", 0x10, &any_ops, NULL);
    memory_mmio_init(&b, "b", 0x10, &any_ops, NULL);
    memory_begin();
    memory_add(&root, 0x00, &a, 0);
    memory_add(&root, 0x10, &b, 0);
    g_assert_cmpuint(n_changes, ==, 0);
    memory_commit();
    g_assert_cmpuint(n_changes, ==, 1);
    memory_set_enabled(&a, true);               /* it is */
    g_assert_cmpuint(n_changes, ==, 1);
    memory_set_address(&a, 0x20);
    g_assert_cmpuint(n_changes, ==, 2);
    g_assert_null(address_space_lookup(&as, 0x00));
    memory_begin();
    memory_set_address(&a, 0x00);
    memory_set_address(&a, 0x20);               /* back: no new map */
    memory_commit();
    g_assert_cmpuint(n_changes, ==, 2);
    memory_region_free(&a);
    memory_region_free(&b);
    tear_down();
}

/* Random regions against a byte-by-byte model. */
static void random_overlaps(void)
{
    enum { N = 12, SPACE = 512 };
    MemoryRegion mr[N];
    for (unsigned round = 0; round < 200; round++) {
        int owner[SPACE], prio[SPACE];
        set_up();
        for (unsigned i = 0; i < SPACE; i++) {
            owner[i] = -1;
            prio[i] = INT_MIN;
        }
        memory_begin();
        for (int i = 0; i < N; i++) {
            unsigned at = g_test_rand_int_range(0, SPACE), size = g_test_rand_int_range(1, 128);
            int p = g_test_rand_int_range(-2, 3);
            memory_mmio_init(&mr[i], "r", size, &any_ops, NULL);
            memory_add(&root, at, &mr[i], p);
            for (unsigned k = at; k < MIN(at + size, SPACE); k++) {
                if (p >= prio[k]) {
                    prio[k] = p;
                    owner[k] = i;
                }
            }
        }
        memory_commit();
        for (unsigned k = 0; k < SPACE; k++) {
            const FlatRange *r = address_space_lookup(&as, k);
            g_assert_true(owner[k] < 0 ? !r : r && r->mr == &mr[owner[k]]);
            g_assert_true(!r || k - r->start + r->offset == k - r->mr->addr);
        }
        for (unsigned i = 0; i < N; i++) {
            memory_region_free(&mr[i]);
        }
        tear_down();
    }
}

/* --- Accesses --------------------------------------------------------------------------------- */

static void widths_are_split_and_widened(void)
{
    MemoryRegion word, byte;
    set_up();
    memory_mmio_init(&word, "word", 0x100, &word_ops, NULL);
    memory_mmio_init(&byte, "byte", 0x100, &byte_ops, NULL);
    memory_add(&root, 0x000, &word, 0);
    memory_add(&root, 0x100, &byte, 0);
    g_assert_cmphex(address_space_ld(&as, 0x6, 1, ENDIAN_LITTLE, NULL), ==, 0x16);
    expect_calls("r4@4");
    g_assert_cmphex(address_space_ld(&as, 0x8, 8, ENDIAN_LITTLE, NULL), ==, 0x1f1e1d1c1b1a1918);
    expect_calls("r4@8 r4@c");
    g_assert_cmphex(address_space_ld(&as, 0x104, 4, ENDIAN_LITTLE, NULL), ==, 0x17161514);
    expect_calls("r1@4 r1@5 r1@6 r1@7");
    address_space_st(&as, 0x5, 0xab, 1, ENDIAN_LITTLE, NULL);
    expect_calls("w4@4=ab00");
    address_space_st(&as, 0x0, 0x1122334455667788, 8, ENDIAN_LITTLE, NULL);
    expect_calls("w4@0=55667788 w4@4=11223344");
    address_space_st(&as, 0x100, 0xaabb, 2, ENDIAN_BIG, NULL);
    expect_calls("w1@0=aa w1@1=bb");
    memory_region_free(&word);
    memory_region_free(&byte);
    tear_down();
}

static void byte_order_is_the_cores_work(void)
{
    MemoryRegion be, le;
    set_up();
    memory_mmio_init(&be, "be", 0x100, &be_ops, NULL);
    memory_mmio_init(&le, "le", 0x100, &word_ops, NULL);
    memory_add(&root, 0x000, &be, 0);
    memory_add(&root, 0x100, &le, 0);
    /* Byte n is 0x10 + n on both, whatever the orders of device and reader. */
    for (unsigned base = 0; base <= 0x100; base += 0x100) {
        for (unsigned size = 1; size <= 8; size *= 2) {
            uint64_t le_want = 0, be_want = 0;
            for (unsigned i = 0; i < size; i++) {
                le_want |= (uint64_t)(0x18 + i) << (8 * i);
                be_want = be_want << 8 | (0x18 + i);
            }
            uint64_t le_got = address_space_ld(&as, base + 8, size, ENDIAN_LITTLE, NULL);
            uint64_t be_got = address_space_ld(&as, base + 8, size, ENDIAN_BIG, NULL);
            g_assert_cmphex(le_got, ==, le_want);
            g_assert_cmphex(be_got, ==, be_want);
        }
    }
    g_string_truncate(calls, 0);
    address_space_st(&as, 0x0, 0x11223344, 4, ENDIAN_BIG, NULL);
    expect_calls("w2@0=1122 w2@2=3344");
    address_space_st(&as, 0x0, 0x11223344, 4, ENDIAN_LITTLE, NULL);
    expect_calls("w2@0=4433 w2@2=2211");
    address_space_st(&as, 0x3, 0xaa, 1, ENDIAN_BIG, NULL);
    expect_calls("w2@2=aa");
    memory_region_free(&be);
    memory_region_free(&le);
    tear_down();
}

static void wrong_sizes_reach_nobody(void)
{
    MemoryRegion mr;
    MemResult res;
    set_up();
    memory_mmio_init(&mr, "strict", 0x100, &strict_ops, NULL);
    memory_add(&root, 0, &mr, 0);
    g_assert_cmphex(address_space_ld(&as, 0, 1, ENDIAN_LITTLE, &res), ==, 0);
    g_assert_cmpint(res, ==, MEM_OK);
    address_space_st(&as, 2, 1, 4, ENDIAN_LITTLE, &res);        /* not aligned */
    expect_calls("");
    address_space_st(&as, 4, 1, 4, ENDIAN_LITTLE, &res);
    expect_calls("w4@4=1");
    memory_region_free(&mr);
    tear_down();
}

static void nothing_there(void)
{
    MemoryRegion ram;
    MemResult res;
    uint8_t buf[32];
    set_up();
    memory_ram_init(&ram, "ram", RAM_PAGE, NULL);
    memory_add(&root, 0x1000, &ram, 0);
    memset(ram.ram->host, 0x55, RAM_PAGE);
    g_assert_cmphex(address_space_ld(&as, 0x500, 4, ENDIAN_LITTLE, &res), ==, 0);
    g_assert_cmpint(res, ==, MEM_DECODE_ERROR);
    g_assert_cmpint(address_space_read(&as, 0xff0, buf, 32), ==, MEM_DECODE_ERROR);
    g_assert_cmphex(buf[15], ==, 0);
    g_assert_cmphex(buf[16], ==, 0x55);         /* the rest is still read */
    g_assert_cmphex(address_space_ld(&as, 0xffe, 4, ENDIAN_LITTLE, &res), ==, 0x55550000);
    g_assert_cmpint(res, ==, MEM_DECODE_ERROR);
    memory_region_free(&ram);
    tear_down();
}

static void failing_write(void *opaque, GPa off, uint64_t value, unsigned size)
{
    memory_signal_error();
}

static const MemoryOps failing_ops = { .write = failing_write };

static void device_errors_are_told(void)
{
    MemoryRegion mr;
    MemResult res;
    set_up();
    memory_mmio_init(&mr, "failing", 0x100, &failing_ops, NULL);
    memory_add(&root, 0, &mr, 0);
    address_space_st(&as, 0, 1, 4, ENDIAN_LITTLE, &res);
    g_assert_cmpint(res, ==, MEM_DEVICE_ERROR);
    address_space_ld(&as, 0, 4, ENDIAN_LITTLE, &res);
    g_assert_cmpint(res, ==, MEM_OK);
    memory_region_free(&mr);
    tear_down();
}

static GString *written;

static void note_written(RamBlock *block, uint64_t offset, uint64_t len)
{
    g_string_append_printf(written, "%s+%" PRIx64 ":%" PRIx64 " ", block->name, offset, len);
}

static void writes_to_ram_are_told(void)
{
    MemoryRegion ram, rom;
    uint8_t buf[16] = { 1, 2, 3 };
    uint64_t got;
    set_up();
    written = g_string_new("");
    ram_written = note_written;
    memory_ram_init(&ram, "ram", 0x2000, NULL);
    memory_rom_init(&rom, "rom", 0x1000, NULL);
    memory_add(&root, 0x8000, &ram, 0);
    memory_add(&root, 0xa000, &rom, 0);
    address_space_write(&as, 0x8010, buf, 16);
    address_space_st(&as, 0x8100, 7, 4, ENDIAN_LITTLE, NULL);
    address_space_write(&as, 0x9ff8, buf, 16);          /* half of it is ROM: not written */
    g_assert_cmphex(rom.ram->host[0], ==, 0);
    address_space_load(&as, 0x9ff8, buf, 3);
    address_space_load(&as, 0xa000, buf, 3);            /* a loader writes ROM */
    g_assert_cmphex(rom.ram->host[2], ==, 3);
    uint8_t *p = address_space_map_dma(&as, 0x9f00, 0x1000, true, &got);
    g_assert_true(p == ram.ram->host + 0x1f00);
    g_assert_cmphex(got, ==, 0x100);
    address_space_dma_done(p, 0x20);
    g_assert_null(address_space_map_dma(&as, 0xa000, 16, true, &got));
    g_assert_nonnull(address_space_map_dma(&as, 0xa000, 16, false, &got));
    g_assert_cmpstr(written->str, ==, "ram+10:10 ram+100:4 ram+1ff8:8 ram+1ff8:3 rom+0:3 "
                                      "ram+1f00:20 ");
    ram_written = NULL;
    g_string_free(written, TRUE);
    memory_region_free(&ram);
    memory_region_free(&rom);
    tear_down();
}

static void flash_reads_through(void)
{
    MemoryRegion flash;
    set_up();
    g_assert_true(memory_flash_init(&flash, "flash", 0x1000, &any_ops, NULL, NULL));
    memory_add(&root, 0, &flash, 0);
    flash.ram->host[8] = 0x99;
    g_assert_cmphex(address_space_ld(&as, 8, 1, ENDIAN_LITTLE, NULL), ==, 0x99);
    expect_calls("");
    address_space_st(&as, 8, 0x90, 1, ENDIAN_LITTLE, NULL);
    expect_calls("w1@8=90");
    memory_set_read_through(&flash, false);
    g_assert_null(address_space_lookup(&as, 8)->host);
    g_assert_cmphex(address_space_ld(&as, 8, 1, ENDIAN_LITTLE, NULL), ==, 0x18);
    expect_calls("r1@8");
    memory_set_read_through(&flash, true);
    g_assert_cmphex(address_space_ld(&as, 8, 1, ENDIAN_LITTLE, NULL), ==, 0x99);
    memory_region_free(&flash);
    tear_down();
}

static void ram_offsets_name_bytes(void)
{
    MemoryRegion a, b;
    uint64_t off;
    memory_ram_init(&a, "a", 100, NULL);
    memory_ram_init(&b, "b", 8 * MiB, NULL);
    g_assert_cmphex(a.ram->size, ==, RAM_PAGE);
    g_assert_true(ram_block_find(b.ram->ram_offset + 8 * MiB - 1) == b.ram);
    g_assert_true(ram_block_find(a.ram->ram_offset) == a.ram);
    g_assert_true(ram_block_from_host(b.ram->host + 0x1234, &off) == b.ram);
    g_assert_cmphex(off, ==, 0x1234);
    g_assert_null(ram_block_from_host(&off, &off));
    GError *err = NULL;
    g_assert_false(memory_ram_init(&a, "huge", UINT64_MAX - 5, &err));
    g_assert_nonnull(err);
    g_error_free(err);
    memory_region_free(&a);
    memory_region_free(&b);
}

/* One thread looks up without the lock while another changes the map. */
static int stop;

static void *look_up(void *opaque)
{
    memory_reader_register();
    unsigned hits = 0;
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        const FlatRange *r = address_space_lookup(&as, 0x1080);
        if (r) {
            g_assert_true(r->start <= 0x1080 && 0x1080 - r->start < r->size);
            hits++;
        }
        memory_reader_quiescent();
        if (hits % 64 == 0) {
            memory_reader_offline();
            memory_reader_online();
        }
    }
    memory_reader_unregister();
    return NULL;
}

static void lookups_need_no_lock(void)
{
    MemoryRegion a;
    set_up();
    memory_mmio_init(&a, "a", 0x100, &any_ops, NULL);
    memory_add(&root, 0x1000, &a, 0);
    stop = 0;
    GThread *t = g_thread_new("reader", look_up, NULL);
    for (unsigned i = 0; i < 20000; i++) {
        memory_set_address(&a, i & 1 ? 0x1000 : 0x1040);
    }
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    g_thread_join(t);
    memory_region_free(&a);
    tear_down();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    machine_lock();
    calls = g_string_new("");
    g_test_add_func("/system/memory/higher_priority_wins", higher_priority_wins);
    g_test_add_func("/system/memory/later_of_equals_wins", later_of_equals_wins);
    g_test_add_func("/system/memory/alias_shows_a_window", alias_shows_a_window);
    g_test_add_func("/system/memory/view_shows_anothers_memory", view_shows_anothers_memory);
    g_test_add_func("/system/memory/containers_are_transparent", containers_are_transparent);
    g_test_add_func("/system/memory/ends_of_the_space", ends_of_the_space);
    g_test_add_func("/system/memory/one_map_per_transaction", one_map_per_transaction);
    g_test_add_func("/system/memory/random_overlaps", random_overlaps);
    g_test_add_func("/system/memory/widths_are_split_and_widened", widths_are_split_and_widened);
    g_test_add_func("/system/memory/byte_order_is_the_cores_work", byte_order_is_the_cores_work);
    g_test_add_func("/system/memory/wrong_sizes_reach_nobody", wrong_sizes_reach_nobody);
    g_test_add_func("/system/memory/nothing_there", nothing_there);
    g_test_add_func("/system/memory/device_errors_are_told", device_errors_are_told);
    g_test_add_func("/system/memory/writes_to_ram_are_told", writes_to_ram_are_told);
    g_test_add_func("/system/memory/flash_reads_through", flash_reads_through);
    g_test_add_func("/system/memory/ram_offsets_name_bytes", ram_offsets_name_bytes);
    g_test_add_func("/system/memory/lookups_need_no_lock", lookups_need_no_lock);
    return g_test_run();
}
