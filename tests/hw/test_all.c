/* SPDX-License-Identifier: MIT */
/*
 * What must hold for every device of hw/devices.def: its tables agree with one another, random
 * accesses do no harm, and no state is lost by save, reset and load.
 *
 * A device whose required properties are links to others is only checked table by table: its own
 * test does the rest.
 */
#include "system/device_internal.h"
#include "tests/hw/bench.h"

/* --- Tables ----------------------------------------------------------------------------------- */

static void check_name_new(GHashTable *names, const char *prefix, const char *name)
{
    char *full = g_strdup_printf("%s.%s", prefix, name);
    g_assert_true(g_hash_table_add(names, full));       /* two rows of one name */
}

static void check_reg(const RegDef *r)
{
    unsigned elem = r->field_size / reg_count(r), bits = 8 * MIN(elem, reg_width(r));
    g_assert_nonnull(r->name);
    if (r->field_size) {
        g_assert_cmpuint(r->field_size % reg_count(r), ==, 0);
        g_assert_true(elem == 1 || elem == 2 || elem == 4 || elem == 8);
        g_assert_cmphex(r->reset & ~mask64(bits), ==, 0);
        g_assert_cmphex(r->w1c & ~mask64(bits), ==, 0);
    } else {
        g_assert_cmphex(r->writable | r->w1c, ==, 0);   /* there is nothing to write */
        g_assert_null(r->changed);
    }
    g_assert_true(!r->read || !r->read_at);
    g_assert_true(!r->write || !r->write_at);
    g_assert_cmpuint(reg_width(r) == 8 && !r->field_size && (r->read || r->read_at), ==, 0);
}

static void tables_agree(const void *opaque)
{
    const DeviceClass *class = opaque;
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_assert_nonnull(class->about);
    for (const WindowDef *w = class->regs; w && w->name; w++) {
        check_name_new(names, "window", w->name);
        for (unsigned i = 0; i < w->n_regs; i++) {
            check_reg(&w->regs[i]);
            if (w->regs[i].field_size) {        /* its name is a key of the snapshot */
                check_name_new(names, w->name, w->regs[i].name);
            }
        }
    }
    for (const StateDef *d = class->state; d && d->name; d++) {
        check_name_new(names, "state", d->name);
        g_assert_cmpuint(d->offset, >=, sizeof(Device));
        g_assert_cmpuint(d->offset + d->size, <=, class->size);
    }
    for (const PropDef *p = class->props; p && p->name; p++) {
        check_name_new(names, "prop", p->name);
        g_assert_cmpuint(p - class->props, <, 64);
    }
    for (const InputDef *in = class->inputs; in && in->name; in++) {
        check_name_new(names, "input", in->name);
        g_assert_nonnull(in->handler);
        g_assert_cmpuint(in->count, >, 0);
    }
}

/* --- Life ------------------------------------------------------------------------------------- */

static void poke(Bench *b, unsigned window, uint64_t size)
{
    unsigned width = 1u << g_test_rand_int_range(0, 3);
    uint64_t off = g_test_rand_int_range(0, MIN(size, 0x10000)) & ~(uint64_t)(width - 1);
    if (off + width > size) {
        return;                         /* it would end outside */
    }
    if (g_test_rand_int_range(0, 3)) {
        bench_write_at(b, window, off, (uint32_t)g_test_rand_int(), width);
    } else {
        bench_read_at(b, window, off, width);
    }
}

static void wiggle(Bench *b)
{
    unsigned n = 0;
    for (const InputDef *in = b->dev->class->inputs; in && in->name; in++) {
        n += in->count;
    }
    if (n) {
        g_autofree char *pin = g_strdup_printf("%d", g_test_rand_int_range(0, n));
        bench_input(b, pin, g_test_rand_int_range(0, 2));
    }
}

static void survives(const void *opaque)
{
    const DeviceClass *class = opaque;
    Bench *b = bench_new(class->name);
    MemoryRegion *mr;
    bench_round_trip(b);
    for (unsigned round = 0; round < 20; round++) {
        for (unsigned i = 0; i < 100; i++) {
            for (unsigned w = 0; (mr = device_region(b->dev, w)); w++) {
                poke(b, w, mr->size);
            }
            wiggle(b);
            bench_step(b, g_test_rand_int_range(0, 100000));
        }
        if (b->port) {
            bench_type(b, "typed");
            bench_output(b);
        }
        bench_round_trip(b);
    }
    bench_reset(b);
    bench_free(b);
}

static bool stands_alone(const DeviceClass *class)
{
    for (const PropDef *p = class->props; p && p->name; p++) {
        if (p->required) {
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    const DeviceClass *const *classes;
    bench_init(&argc, &argv);
    unsigned n = device_classes(&classes);
    for (unsigned i = 0; i < n; i++) {
        g_autofree char *tables = g_strdup_printf("/hw/%s/tables_agree", classes[i]->name);
        g_autofree char *life = g_strdup_printf("/hw/%s/survives", classes[i]->name);
        g_test_add_data_func(tables, classes[i], tables_agree);
        if (stands_alone(classes[i])) {
            g_test_add_data_func(life, classes[i], survives);
        }
    }
    return g_test_run();
}
