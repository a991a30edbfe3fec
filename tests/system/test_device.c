/* SPDX-License-Identifier: MIT */
/*
 * The tables of devices, on a toy that has one row of every kind; machines made of toys.
 */
#include "system/device.h"
#include "system/lock.h"
#include "system/machine.h"

typedef struct Toy {
    Device        dev;
    IrqLine       irq, leds[3];
    uint32_t      ctrl, status, arr[4], big_only;
    uint8_t       narrow;
    uint64_t      wide;
    uint32_t      changes, at_index, at_value, raw, held;
    Fifo8         fifo;
    Timer         timer;
    bool          flag;
    int32_t       level[2];
    uint8_t      *nvram;
    uint64_t      nvram_len;
    /* properties */
    uint32_t      clock, kind;
    uint64_t      memory;
    bool          fast;
    const char   *label;
    Device       *friend;
    AddressSpace *as;
} Toy;
#define TOY(d) DEVICE_AS(Toy, d)

static void ctrl_changed(Device *dev)
{
    Toy *s = TOY(dev);
    s->changes++;
    irq_set(&s->irq, s->ctrl & 1);
}

static uint32_t sum_read(Device *dev)
{
    return TOY(dev)->ctrl + TOY(dev)->status;
}

static void sum_write(Device *dev, uint32_t v)
{
    TOY(dev)->raw = v;
}

static uint32_t slot_read(Device *dev, unsigned i)
{
    return 0x100 + i;
}

static void slot_write(Device *dev, unsigned i, uint32_t v)
{
    TOY(dev)->at_index = i;
    TOY(dev)->at_value = v;
}

#define DEV Toy
static const RegDef toy_regs[] = {
    { 0x00, "CTRL",   AT(ctrl),   .writable = 0xffff, .reset = 0x1200, .changed = ctrl_changed },
    { 0x04, "STATUS", AT(status), .w1c = 0xff, .writable = 0x100, .reset = 0x0f },
    { 0x08, "SUM",    .read = sum_read, .write = sum_write },
    { 0x0c, "CMD",    .write = sum_write },
    { 0x10, "ARR",    AT(arr),    .writable = ~0u, .count = 4, .reset = 7 },
    { 0x20, "B0",     AT(narrow), .writable = 0xff, .width = 1 },
    { 0x21, "B1",     .reset = 0xb1, .width = 1 },
    { 0x22, "H",      .reset = 0xcafe, .width = 2 },
    { 0x28, "WIDE",   AT(wide),   .writable = ~0ull, .width = 8 },
    { 0x40, "SLOT",   .read_at = slot_read, .write_at = slot_write, .count = 4, .stride = 8 },
    { 0x60, "ID",     .reset = 0x1234 },
};
static const RegDef big_regs[] = {
    { 0x00, "BIG", AT(big_only), .writable = ~0u },
};
#undef DEV

static uint64_t odd_read(Device *dev, uint64_t off, unsigned size)
{
    return off * 16 + size;
}

static void odd_write(Device *dev, uint64_t off, uint64_t v, unsigned size)
{
    TOY(dev)->raw = off << 16 | v;
}

static void set_level(Device *dev, int n, int level)
{
    TOY(dev)->level[n] = level;
}

static void set_hold(Device *dev, int n, int level)
{
    irq_set(&TOY(dev)->leds[2], level);
    TOY(dev)->held = level;
}

static void fire(void *opaque)
{
    Toy *s = opaque;
    s->status |= 1;
}

static bool toy_realize(Device *dev, GError **err)
{
    Toy *s = TOY(dev);
    s->nvram = g_malloc0(16);
    s->nvram_len = 16;
    timer_init(&s->timer, CLOCK_VIRTUAL, fire, s);
    return s->clock != 13 || fail(err, EMU_ERROR_USAGE, "'%s': 13 brings bad luck", dev->id);
}

static void toy_reset(Device *dev)
{
    irq_set(&TOY(dev)->leds[1], 1);             /* idles high */
}

static void toy_unrealize(Device *dev)
{
    g_free(TOY(dev)->nvram);
}

static const DeviceClass toy = {
    .name = "toy", .about = "A bit of everything", .size = sizeof(Toy),
    .regs = WINDOWS(REG_WINDOW("regs", toy_regs, 0x100, ACCESS_ANY),
                    REG_WINDOW("big", big_regs, 0x10, ACCESS_ANY | REGS_BIG),
                    RAW_WINDOW("odd", 0x20, ACCESS_16, odd_read, odd_write),
                    RAM_WINDOW("buffer", 0x1000)),
    .irqs = IRQS(Toy, irq, leds),
    .inputs = INPUTS(INPUT("level", set_level, 2), INPUT("hold", set_hold, 1)),
    .props = PROPS(PROP_U32("clock", Toy, clock, .fallback = 1000, .about = "in Hz"),
                   PROP_U64("memory", Toy, memory), PROP_BOOL("fast", Toy, fast, .fallback = true),
                   PROP_STRING("label", Toy, label, .text = "none"),
                   PROP_ENUM("kind", Toy, kind, ENUM_WORDS("keyboard", "mouse")),
                   PROP_LINK("friend", Toy, friend, .text = "toy"),
                   PROP_MEMORY("memory-bus", Toy, as)),
    .state = STATE(STATE_FIFO8(Toy, fifo, .depth = 8), STATE_TIMER(Toy, timer),
                   STATE_BOOL(Toy, flag, .reset = 1), STATE_ARRAY(U32, Toy, level),
                   STATE_BYTES(Toy, nvram, nvram_len), STATE_U32(Toy, changes),
                   STATE_U32(Toy, at_index), STATE_U32(Toy, at_value), STATE_U32(Toy, raw),
                   STATE_U32(Toy, held, .keep = true)),
    .realize = toy_realize, .reset = toy_reset, .unrealize = toy_unrealize,
};

static const DeviceClass *const classes[] = { &toy };

static Toy *make_toy(void)
{
    clock_init();
    clock_use_steps();
    Device *dev = device_new_class(&toy, "toy0");
    g_assert_true(device_realize(dev, NULL));
    device_reset(dev);
    return TOY(dev);
}

static uint64_t rd(Toy *s, unsigned window, GPa off, unsigned size)
{
    return memory_region_mmio_read(device_region(&s->dev, window), off, size, ENDIAN_LITTLE, NULL);
}

static void wr(Toy *s, unsigned window, GPa off, uint64_t v, unsigned size)
{
    memory_region_mmio_write(device_region(&s->dev, window), off, v, size, ENDIAN_LITTLE, NULL);
}

/* --- Registers -------------------------------------------------------------------------------- */

static void rows_read_and_write(void)
{
    Toy *s = make_toy();
    g_assert_cmphex(rd(s, 0, 0x00, 4), ==, 0x1200);
    wr(s, 0, 0x00, 0xdeadbeef, 4);
    g_assert_cmphex(rd(s, 0, 0x00, 4), ==, 0xbeef);     /* only what is writable */
    g_assert_cmpuint(s->changes, ==, 1);
    g_assert_true(irq_level(&s->irq));
    wr(s, 0, 0x04, 0x103, 4);                           /* clears two bits, sets bit 8 */
    g_assert_cmphex(rd(s, 0, 0x04, 4), ==, 0x10c);
    g_assert_cmphex(rd(s, 0, 0x08, 4), ==, 0xbeef + 0x10c);
    wr(s, 0, 0x0c, 0x77, 4);
    g_assert_cmphex(s->raw, ==, 0x77);
    g_assert_cmphex(rd(s, 0, 0x0c, 4), ==, 0);          /* write-only */
    wr(s, 0, 0x60, 1, 4);                               /* constant */
    g_assert_cmphex(rd(s, 0, 0x60, 4), ==, 0x1234);
    g_assert_cmphex(rd(s, 0, 0x70, 4), ==, 0);          /* no row */
    device_free(&s->dev);
}

static void arrays_of_registers(void)
{
    Toy *s = make_toy();
    for (unsigned i = 0; i < 4; i++) {
        g_assert_cmphex(rd(s, 0, 0x10 + 4 * i, 4), ==, 7);
        wr(s, 0, 0x10 + 4 * i, 100 + i, 4);
        g_assert_cmphex(s->arr[i], ==, 100 + i);
        g_assert_cmphex(rd(s, 0, 0x40 + 8 * i, 4), ==, 0x100 + i);
        g_assert_cmphex(rd(s, 0, 0x44 + 8 * i, 4), ==, 0);      /* between two of them */
        wr(s, 0, 0x40 + 8 * i, i * 3, 4);
        g_assert_cmpuint(s->at_index, ==, i);
        g_assert_cmpuint(s->at_value, ==, i * 3);
    }
    device_free(&s->dev);
}

static void narrow_and_wide_accesses(void)
{
    Toy *s = make_toy();
    wr(s, 0, 0x00, 0x1234, 4);
    wr(s, 0, 0x01, 0xab, 1);                            /* leaves the other byte */
    g_assert_cmphex(rd(s, 0, 0x00, 4), ==, 0xab34);
    g_assert_cmphex(rd(s, 0, 0x01, 1), ==, 0xab);
    wr(s, 0, 0x0d, 0x5a, 1);                            /* a callback gets it in its place */
    g_assert_cmphex(s->raw, ==, 0x5a00);
    wr(s, 0, 0x20, 0x99, 1);
    g_assert_cmphex(rd(s, 0, 0x20, 4), ==, 0xcafeb199); /* three rows in one read */
    wr(s, 0, 0x04, 0x0000, 4);
    wr(s, 0, 0x05, 0x00, 1);                            /* a byte of it clears only its own bits */
    g_assert_cmphex(rd(s, 0, 0x04, 4), ==, 0x0f);
    wr(s, 0, 0x28, 0x1122334455667788, 8);
    g_assert_cmphex(rd(s, 0, 0x2c, 4), ==, 0x11223344);
    wr(s, 0, 0x2c, 0xaabbccdd, 4);
    g_assert_cmphex(rd(s, 0, 0x28, 8), ==, 0xaabbccdd55667788);
    device_free(&s->dev);
}

static void other_windows(void)
{
    Toy *s = make_toy();
    wr(s, 1, 0, 0x11223344, 4);                         /* by a little-endian CPU */
    g_assert_cmphex(s->big_only, ==, 0x44332211);
    g_assert_cmphex(rd(s, 1, 0, 1), ==, 0x44);          /* the first byte is the most significant */
    g_assert_cmphex(rd(s, 1, 3, 1), ==, 0x11);
    g_assert_cmphex(rd(s, 2, 6, 2), ==, 6 * 16 + 2);
    g_assert_cmphex(rd(s, 2, 6, 4), ==, 0);             /* not a size it takes */
    wr(s, 2, 4, 0x55, 2);
    g_assert_cmphex(s->raw, ==, 0x40055);
    wr(s, 3, 0x10, 0x12345678, 4);
    g_assert_cmphex(rd(s, 3, 0x10, 4), ==, 0x12345678);
    g_assert_null(device_region(&s->dev, 4));
    device_free(&s->dev);
}

/* Fields and constants need no lock, and give what the ordinary way gives; all else does. */
static void peeks_like_reads(void)
{
    Toy *s = make_toy();
    MemoryRegion *mr = device_region(&s->dev, 0);
    static const uint8_t peeked[0x68] = { [0x00] = 4, [0x04] = 4, [0x10] = 4, [0x14] = 4, [0x18] = 4,
        [0x1c] = 4, [0x20] = 1, [0x21] = 1, [0x22] = 2, [0x28] = 8, [0x60] = 4 };
    s->arr[2] = 0x12345678;
    s->wide = 0x1122334455667788;
    for (unsigned off = 0; off < sizeof(peeked); off++) {
        for (unsigned size = 1; size <= 8; size *= 2) {
            uint64_t v;
            bool can = mr->ops->peek(mr->opaque, off, size, &v);
            g_assert_cmpint(can, ==, peeked[off] == size);
            if (can) {
                g_assert_cmphex(v, ==, mr->ops->read(mr->opaque, off, size));
            }
        }
    }
    device_free(&s->dev);
}

/* --- Properties ------------------------------------------------------------------------------- */

static void set_fails(Device *dev, const char *assignment, const char *message)
{
    GError *err = NULL;
    g_assert_false(device_set(dev, assignment, &err));
    g_assert_error(err, EMU_ERROR, EMU_ERROR_USAGE);
    g_assert_cmpstr(err->message, ==, message);
    g_error_free(err);
}

static void properties(void)
{
    Device *dev = device_new_class(&toy, "t");
    Toy *s = TOY(dev);
    g_assert_cmpuint(s->clock, ==, 1000);
    g_assert_true(s->fast);
    g_assert_cmpstr(s->label, ==, "none");
    g_assert_true(device_set(dev, "clock=0x10", NULL) && s->clock == 16);
    g_assert_true(device_set(dev, "memory=3G", NULL) && s->memory == 3 * GiB);
    g_assert_true(device_set(dev, "fast=off", NULL) && !s->fast);
    g_assert_true(device_set(dev, "fast", NULL) && s->fast);
    g_assert_true(device_set(dev, "label=a=b", NULL));
    g_assert_cmpstr(s->label, ==, "a=b");
    g_assert_true(device_set(dev, "kind=mouse", NULL) && s->kind == 1);
    set_fails(dev, "clok=1", "unknown property of 't' (toy): 'clok', did you mean 'clock'?");
    set_fails(dev, "zzzzzzzz=1", "unknown property of 't' (toy): 'zzzzzzzz'; there are: clock, "
              "memory, fast, label, kind, friend, memory-bus");
    set_fails(dev, "clock=4G", "property 'clock' of 't' takes a 32-bit number, not '4G'");
    set_fails(dev, "clock=-1", "property 'clock' of 't' takes a 32-bit number, not '-1'");
    set_fails(dev, "memory=12q", "property 'memory' of 't' takes a number, not '12q'");
    set_fails(dev, "fast=maybe", "property 'fast' of 't' takes on or off, not 'maybe'");
    set_fails(dev, "kind=keybaord",
              "unknown value of property 'kind' of 't': 'keybaord', did you mean 'keyboard'?");
    g_assert_true(device_set(dev, "clock=13", NULL));
    GError *err = NULL;
    g_assert_false(device_realize(dev, &err));
    g_assert_cmpstr(err->message, ==, "'t': 13 brings bad luck");
    g_clear_error(&err);
    g_free(s->nvram);
    device_free(dev);
    g_assert_null(device_new("toi", "x", &err));
    g_assert_cmpstr(err->message, ==, "unknown device type 'toi', did you mean 'toy'?");
    g_error_free(err);
    GString *help = g_string_new("");
    device_class_help(&toy, help);
    g_assert_nonnull(strstr(help->str, "clock=<number>  in Hz  (default 1000)"));
    g_assert_nonnull(strstr(help->str, "kind=<keyboard|mouse>"));
    g_string_free(help, TRUE);
}

static void typing_errors(void)
{
    static const char *const words[] = { "versatilepb", "virt", "malta", NULL };
    g_assert_cmpstr(did_you_mean("versatlepb", words), ==, "versatilepb");
    g_assert_cmpstr(did_you_mean("vrit", words), ==, "virt");
    g_assert_cmpstr(did_you_mean("VIRT", words), ==, "virt");
    g_assert_null(did_you_mean("pc", words));
    g_assert_null(did_you_mean("", words));
}

/* --- State ------------------------------------------------------------------------------------ */

static void disturb(Toy *s)
{
    wr(s, 0, 0x00, 0x4321, 4);
    wr(s, 0, 0x14, 0x55, 4);
    wr(s, 0, 0x28, 0x123456789abcdef0, 8);
    wr(s, 3, 0x20, 0xfeed, 4);
    fifo8_push(&s->fifo, 'x');
    fifo8_push(&s->fifo, 'y');
    fifo8_pop(&s->fifo);
    timer_set(&s->timer, 500);
    s->flag = false;
    s->level[1] = -5;
    s->nvram[3] = 0x33;
}

static void reset_by_the_tables(void)
{
    Toy *s = make_toy();
    disturb(s);
    s->held = 9;
    g_assert_true(irq_level(&s->irq));
    device_reset(&s->dev);
    g_assert_cmphex(s->ctrl, ==, 0x1200);
    g_assert_cmphex(s->arr[1], ==, 7);
    g_assert_cmphex(s->wide, ==, 0);
    g_assert_true(fifo8_is_empty(&s->fifo));
    g_assert_false(timer_pending(&s->timer));
    g_assert_true(s->flag);
    g_assert_cmpint(s->level[1], ==, 0);
    g_assert_cmpuint(s->held, ==, 9);           /* .keep */
    g_assert_cmphex(s->nvram[3], ==, 0x33);     /* bytes keep */
    g_assert_false(irq_level(&s->irq));
    g_assert_true(irq_level(&s->leds[1]));
    device_free(&s->dev);
}

static void saves_and_loads(void)
{
    Toy *a = make_toy();
    disturb(a);
    g_autoptr(GByteArray) saved = g_byte_array_new(), again = g_byte_array_new();
    device_save(&a->dev, saved);
    device_free(&a->dev);
    Toy *b = make_toy();
    const uint8_t *p = saved->data;
    size_t len = saved->len;
    g_assert_true(device_load(&b->dev, &p, &len, NULL));
    g_assert_cmpuint(len, ==, 0);
    g_assert_cmphex(rd(b, 0, 0x00, 4), ==, 0x4321);
    g_assert_cmphex(rd(b, 3, 0x20, 4), ==, 0xfeed);
    g_assert_cmpint(b->level[1], ==, -5);
    g_assert_cmphex(fifo8_pop(&b->fifo), ==, 'y');
    fifo8_push(&b->fifo, 'y');
    g_assert_cmpint(timer_deadline(&b->timer), ==, 500);
    g_assert_true(irq_level(&b->irq));
    device_save(&b->dev, again);
    g_assert_cmpmem(saved->data, saved->len, again->data, again->len);
    clock_step(500);
    g_assert_cmphex(b->status & 1, ==, 1);
    device_free(&b->dev);
}

/* Every cut and every changed byte: an error or another state, never a crash. */
static void bad_snapshots(void)
{
    Toy *s = make_toy();
    disturb(s);
    g_autoptr(GByteArray) saved = g_byte_array_new();
    device_save(&s->dev, saved);
    for (unsigned cut = 0; cut < saved->len; cut += 1 + cut / 16) {
        const uint8_t *p = saved->data;
        size_t len = cut;
        GError *err = NULL;
        g_assert_false(device_load(&s->dev, &p, &len, &err));
        g_assert_error(err, EMU_ERROR, EMU_ERROR_DATA);
        g_error_free(err);
    }
    for (unsigned i = 0; i < 2000; i++) {
        unsigned at = g_test_rand_int_range(0, saved->len);
        uint8_t was = saved->data[at];
        saved->data[at] = g_test_rand_int();
        const uint8_t *p = saved->data;
        size_t len = saved->len;
        device_load(&s->dev, &p, &len, NULL);
        saved->data[at] = was;
    }
    device_free(&s->dev);
}

static void dump_has_no_side_effects(void)
{
    Toy *s = make_toy();
    disturb(s);
    g_autoptr(GByteArray) before = g_byte_array_new(), after = g_byte_array_new();
    device_save(&s->dev, before);
    GString *text = g_string_new("");
    device_dump(&s->dev, text);
    g_assert_nonnull(strstr(text->str, "regs.CTRL            00004321"));
    g_assert_nonnull(strstr(text->str, "fifo                 1 of 8"));
    g_assert_nonnull(strstr(text->str, "timer                at 500 ns"));
    g_string_free(text, TRUE);
    device_save(&s->dev, after);
    g_assert_cmpmem(before->data, before->len, after->data, after->len);
    device_free(&s->dev);
}

/* --- Lines ------------------------------------------------------------------------------------ */

static void lines_by_name_and_number(void)
{
    Toy *s = make_toy();
    IrqSink sink;
    g_assert_cmpuint(device_n_irqs(&s->dev), ==, 4);
    g_assert_true(device_irq(&s->dev, 3) == &s->leds[2]);
    g_assert_null(device_irq(&s->dev, 4));
    g_assert_true(device_irq_named(&s->dev, "leds[1]") == &s->leds[1]);
    g_assert_true(device_irq_named(&s->dev, "irq") == &s->irq);
    g_assert_null(device_irq_named(&s->dev, "leds[3]"));
    g_assert_null(device_irq_named(&s->dev, "led"));
    g_assert_true(device_input(&s->dev, 1, &sink));
    sink.handler(sink.opaque, sink.n, 1);
    g_assert_cmpint(s->level[1], ==, 1);
    g_assert_true(device_input_named(&s->dev, "2", &sink));     /* the first of the next group */
    sink.handler(sink.opaque, sink.n, 1);
    g_assert_true(irq_level(&s->leds[2]));
    g_assert_true(device_input_named(&s->dev, "level[0]", &sink));
    g_assert_false(device_input_named(&s->dev, "level[2]", &sink));
    g_assert_false(device_input_named(&s->dev, "3", &sink));
    device_free(&s->dev);
}

/* --- Machines --------------------------------------------------------------------------------- */

static const RegionDef memory[] = {
    { "ram",    0x00000000, RAM_SIZE, .max = 64 * MiB },
    { "mirror", 0x80000000, MiB, .alias = "ram", .alias_offset = 0x1000 },
    { "hole",   0x90000000, MiB, .zero = true, .priority = -1 },
    { "spare",  NO_ADDRESS, MiB },
};

static const PartDef parts[] = {
    { "a", "toy", 0x10000000, { "b.level[1]", "b.0+c.level[0]" }, { "clock=5" },
      .more = { 0x10001000, NO_ADDRESS, 0x10002000 } },
    { "b", "toy", 0x20000000, { "leds[2]>a.hold" }, { "friend=a" } },
    { "c", "toy", 0x30000000, .on_request = true },
    { "d", "toy", PORT(0x1000), .more = { PORT(0x4000), 0, PORT(0x8000) } },
};

static bool build(Machine *m, GError **err)
{
    if (!machine_add_part(m, machine_part(m->class, "c"), err)) {
        return false;
    }
    machine_connect(m, device_irq_named(machine_device(m, "a"), "leds[2]"), "c.level[1]");
    machine_connect(m, device_irq_named(machine_device(m, "b"), "leds[0]"), "c.level[1]");
    return true;
}

static bool option(Machine *m, const char *key, const char *value, GError **err)
{
    static const char *const known[] = { "colour", NULL };
    return strcmp(key, "colour") == 0 || fail_unknown(err, "option", key, known);
}

static const MachineClass board = {
    .name = "board", .alias = "brett", .about = "A board of toys", .max_cpus = 2, .cpu = "none",
    .cpus = (const char *const[]) { "none", "some", NULL }, MEMORY(memory), PARTS(parts),
    .build = build, .option = option,
};

static const MachineClass *const boards[] = { &board };

static void builds_a_machine(void)
{
    static const char *const globals[] = { "b.clock=77", "toy.label=x", NULL };
    MachineConfig config = { .ram_size = 32 * MiB, .globals = globals };
    GError *err = NULL;
    Machine *m = machine_build(&board, &config, &err);
    g_assert_no_error(err);
    machine_reset(m);
    Toy *a = TOY(machine_device(m, "a")), *b = TOY(machine_device(m, "b"));
    Toy *c = TOY(machine_device(m, "c"));
    g_assert_cmpuint(a->clock, ==, 5);
    g_assert_cmpuint(b->clock, ==, 77);
    g_assert_cmpstr(c->label, ==, "x");
    g_assert_true(b->friend == &a->dev && b->as == &m->as);
    g_assert_cmpint(c->level[0], ==, 0);        /* a's output 1 is leds[0] */
    address_space_st(&m->as, 0x10000000, 1, 4, ENDIAN_LITTLE, NULL);
    g_assert_cmpint(b->level[1], ==, 1);        /* a.irq > b.level[1] */
    irq_set(&a->leds[0], 1);
    g_assert_cmpint(b->level[0], ==, 1);
    g_assert_cmpint(c->level[0], ==, 1);
    machine_reset(m);
    g_assert_cmpint(b->level[1] | b->level[0] | c->level[0], ==, 0);
    /* windows: 1 at its own place, 2 nowhere, 3 the buffer */
    address_space_st(&m->as, 0x10002000, 0xabc, 4, ENDIAN_LITTLE, NULL);
    g_assert_cmphex(rd(a, 3, 0, 4), ==, 0xabc);
    g_assert_null(device_region(&a->dev, 2)->parent);
    address_space_st(&m->as, 0x1000, 0x77, 1, ENDIAN_LITTLE, NULL);
    g_assert_cmphex(address_space_ld(&m->as, 0x80000000, 1, ENDIAN_LITTLE, NULL), ==, 0x77);
    MemResult res;
    g_assert_cmphex(address_space_ld(&m->as, 0x90000000, 4, ENDIAN_LITTLE, &res), ==, 0);
    g_assert_cmpint(res, ==, MEM_OK);
    g_assert_null(address_space_lookup(&m->as, 32 * MiB));
    GString *map = g_string_new("");
    machine_print_map(m, map);
    g_assert_nonnull(strstr(map->str, "10000000  a          toy              a.big@10001000 "
                                      "a.buffer@10002000 0>b.level[1] 1>b.0 1>c.level[0] clock=5"));
    g_string_free(map, TRUE);
    machine_free(m);
}

/* The input of two is high while either is: also when one is reset, and after a snapshot. */
static void outputs_to_one_input_are_joined(void)
{
    MachineConfig config = { .ram_size = 32 * MiB };
    GError *err = NULL;
    Machine *m = machine_build(&board, &config, &err);
    g_assert_no_error(err);
    machine_reset(m);
    Toy *a = TOY(machine_device(m, "a")), *b = TOY(machine_device(m, "b"));
    Toy *c = TOY(machine_device(m, "c"));
    irq_set(&a->leds[2], 1);
    irq_set(&b->leds[0], 1);
    irq_set(&a->leds[2], 0);
    g_assert_cmpint(c->level[1], ==, 1);
    irq_set(&b->leds[0], 0);
    g_assert_cmpint(c->level[1], ==, 0);
    irq_set(&a->leds[2], 1);
    irq_set(&b->leds[0], 1);
    device_reset(&a->dev);
    g_assert_cmpint(c->level[1], ==, 1);
    irq_set(&a->leds[2], 1);
    Device *devs[] = { &a->dev, &b->dev, &c->dev };
    g_autoptr(GPtrArray) saved = g_ptr_array_new_with_free_func((GDestroyNotify)g_byte_array_unref);
    for (unsigned i = 0; i < ARRAY_SIZE(devs); i++) {
        GByteArray *bytes = g_byte_array_new();
        device_save(devs[i], bytes);
        g_ptr_array_add(saved, bytes);
    }
    machine_reset(m);
    g_assert_cmpint(c->level[1], ==, 0);
    for (unsigned i = 0; i < ARRAY_SIZE(devs); i++) {
        const GByteArray *bytes = g_ptr_array_index(saved, i);
        const uint8_t *p = bytes->data;
        size_t len = bytes->len;
        g_assert_true(device_load(devs[i], &p, &len, &err));
    }
    g_assert_cmpint(c->level[1], ==, 1);
    irq_set(&b->leds[0], 0);
    g_assert_cmpint(c->level[1], ==, 1);
    irq_set(&a->leds[2], 0);
    g_assert_cmpint(c->level[1], ==, 0);
    machine_free(m);
}

static void ports_are_a_space_of_their_own(void)
{
    MachineConfig config = { .ram_size = 32 * MiB };
    GError *err = NULL;
    Machine *m = machine_build(&board, &config, &err);
    g_assert_no_error(err);
    machine_reset(m);
    Toy *d = TOY(machine_device(m, "d"));
    MemResult res;
    address_space_st(&m->io, 0x8000, 0xabc, 4, ENDIAN_LITTLE, &res);
    g_assert_cmpint(res, ==, MEM_OK);
    g_assert_cmphex(rd(d, 3, 0, 4), ==, 0xabc);
    g_assert_cmphex(address_space_ld(&m->as, 0x8000, 4, ENDIAN_LITTLE, &res), ==, 0);
    address_space_ld(&m->io, 0x7000, 4, ENDIAN_LITTLE, &res);
    g_assert_cmpint(res, ==, MEM_DECODE_ERROR);
    g_assert_true(machine_region(m, "spare")->ram && !machine_region(m, "spare")->parent);
    GString *map = g_string_new("");
    machine_print_map(m, map);
    g_assert_nonnull(strstr(map->str, "port 1000  d          toy              d.big@port:4000 "
                                      "d.buffer@port:8000"));
    g_assert_nonnull(strstr(map->str, "\nports\n"));
    g_string_free(map, TRUE);
    machine_free(m);
}

static void machine_fails(MachineConfig config, const char *message)
{
    GError *err = NULL;
    g_assert_null(machine_build(&board, &config, &err));
    g_assert_error(err, EMU_ERROR, EMU_ERROR_USAGE);
    g_assert_cmpstr(err->message, ==, message);
    g_error_free(err);
}

static void refuses_what_cannot_be(void)
{
    GError *err = NULL;
    machine_fails((MachineConfig){ .ram_size = 65 * MiB },
                  "machine 'board' takes at most 64 MiB of RAM, not 65");
    machine_fails((MachineConfig){ .n_cpus = 3 }, "machine 'board' has at most 2 CPUs, not 3");
    machine_fails((MachineConfig){ .cpu = "sone" },
                  "machine 'board' has no socket for the CPU 'sone'; it takes none, some");
    static const char *const globals[] = { "e.clock=1", NULL };
    machine_fails((MachineConfig){ .globals = globals },
                  "unknown device in -global: 'e'; there are: a, b, d, c");
    static const char *const options[] = { "color=red", NULL };
    machine_fails((MachineConfig){ .options = options },
                  "unknown option 'color', did you mean 'colour'?");
    g_assert_true(machine_class_find("brett", NULL) == &board);
    g_assert_null(machine_class_find("bord", &err));
    g_assert_cmpstr(err->message, ==, "unknown machine 'bord', did you mean 'board'?");
    g_error_free(err);
}

/* --- The rest --------------------------------------------------------------------------------- */

static void log_items(void)
{
    GError *err = NULL;
    g_assert_true(log_file == stderr);          /* -d ir printed to NULL */
    log_mask = 0;
    g_assert_true(log_parse("in_asm,int,ir:fold", NULL));
    g_assert_cmphex(log_mask, ==, (LOG_IN_ASM | LOG_INT | LOG_IR));
    g_assert_cmpstr(log_ir_pass, ==, "fold");
    g_assert_false(log_parse("gest", &err));
    g_assert_cmpstr(err->message, ==, "unknown log item 'gest', did you mean 'guest'?");
    g_error_free(err);
    log_mask = LOG_GUEST | LOG_UNIMP;
    char *text = NULL;
    size_t len;
    log_file = open_memstream(&text, &len);
    Toy *s = make_toy();
    rd(s, 0, 0x70, 4);
    wr(s, 0, 0x60, 5, 4);
    rd(s, 0, 0x02, 4);
    for (unsigned i = 0; i < 3; i++) {
        log_unimp(&s->dev, "dancing");
    }
    fclose(log_file);
    log_file = stderr;
    log_mask = 0;
    g_assert_cmpstr(text, ==, "toy0: guest: read of regs+0x70, where no register is\n"
                              "toy0: guest: write of 0x5 to read-only register ID\n"
                              "toy0: guest: read of 4 bytes at toy0.regs+0x2: not aligned\n"
                              "toy0: unimp: dancing\n");
    free(text);
    device_free(&s->dev);
}

static void fifo(void)
{
    Fifo8 f;
    fifo8_init(&f, 3);
    g_assert_cmphex(fifo8_pop(&f), ==, 0);
    for (unsigned round = 0; round < 5; round++) {
        g_assert_true(fifo8_push(&f, 1) && fifo8_push(&f, 2) && fifo8_push(&f, 3));
        g_assert_false(fifo8_push(&f, 4));
        g_assert_cmphex(fifo8_pop(&f), ==, 1);
        g_assert_true(fifo8_push(&f, 5));
        g_assert_cmphex(fifo8_pop(&f), ==, 2);
        g_assert_cmphex(fifo8_pop(&f), ==, 3);
        g_assert_cmphex(fifo8_peek(&f), ==, 5);
        g_assert_cmphex(fifo8_pop(&f), ==, 5);
        g_assert_true(fifo8_is_empty(&f));
    }
    fifo8_push(&f, 1);
    fifo8_push(&f, 2);
    fifo8_set_depth(&f, 1);
    g_assert_true(fifo8_is_full(&f));
    g_assert_cmphex(fifo8_pop(&f), ==, 1);
    fifo8_free(&f);
}

static void bit_fields(void)
{
    g_assert_cmphex(extract32(0x12345678, 8, 8), ==, 0x56);
    g_assert_cmphex(extract32(~0u, 0, 32), ==, ~0u);
    g_assert_cmpint(sextract32(0x0000f000, 12, 4), ==, -1);
    g_assert_cmphex(deposit32(0xffffffff, 4, 8, 0x12), ==, 0xfffff12f);
    g_assert_cmphex(deposit64(0, 32, 32, 0x89abcdef), ==, 0x89abcdef00000000);
    g_assert_cmpint(sextract64(0x8000000000000000, 63, 1), ==, -1);
    g_assert_cmphex(rol32(0x80000001, 0), ==, 0x80000001);
    g_assert_cmphex(ror32(0x80000001, 1), ==, 0xc0000000);
    g_assert_cmphex(rol64(1, 63), ==, 0x8000000000000000);
    uint8_t b[9] = { 0 };
    st_be32(b + 1, 0x11223344);
    g_assert_cmphex(ld_le32(b + 1), ==, 0x44332211);
    g_assert_cmphex(ld_endian(b + 1, 2, ENDIAN_BIG), ==, 0x1122);
    st_endian(b + 1, 0x1122334455667788, 8, ENDIAN_BIG);
    g_assert_cmphex(b[1], ==, 0x11);
    g_assert_cmphex(ld_be64(b + 1), ==, 0x1122334455667788);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    machine_lock();
    device_registry_set(classes, ARRAY_SIZE(classes));
    machine_registry_set(boards, ARRAY_SIZE(boards));
    g_test_add_func("/system/regs/rows_read_and_write", rows_read_and_write);
    g_test_add_func("/system/regs/arrays_of_registers", arrays_of_registers);
    g_test_add_func("/system/regs/narrow_and_wide_accesses", narrow_and_wide_accesses);
    g_test_add_func("/system/regs/other_windows", other_windows);
    g_test_add_func("/system/regs/peeks_like_reads", peeks_like_reads);
    g_test_add_func("/system/props/properties", properties);
    g_test_add_func("/system/error/typing_errors", typing_errors);
    g_test_add_func("/system/state/reset_by_the_tables", reset_by_the_tables);
    g_test_add_func("/system/state/saves_and_loads", saves_and_loads);
    g_test_add_func("/system/state/bad_snapshots", bad_snapshots);
    g_test_add_func("/system/state/dump_has_no_side_effects", dump_has_no_side_effects);
    g_test_add_func("/system/device/lines_by_name_and_number", lines_by_name_and_number);
    g_test_add_func("/system/machine/builds_a_machine", builds_a_machine);
    g_test_add_func("/system/machine/outputs_to_one_input_are_joined",
                    outputs_to_one_input_are_joined);
    g_test_add_func("/system/machine/ports_are_a_space_of_their_own",
                    ports_are_a_space_of_their_own);
    g_test_add_func("/system/machine/refuses_what_cannot_be", refuses_what_cannot_be);
    g_test_add_func("/system/log/log_items", log_items);
    g_test_add_func("/system/fifo8/fifo", fifo);
    g_test_add_func("/system/types/bit_fields", bit_fields);
    return g_test_run();
}
