/* SPDX-License-Identifier: MIT */
/*
 * The bench for device tests: see bench.h.
 */
#include "tests/hw/bench.h"
#include "system/lock.h"

#define DEVICE(name) extern const DeviceClass name;
#include "hw/devices.def"
#undef DEVICE

static const DeviceClass *const classes[] = {
#define DEVICE(name) &name,
#include "hw/devices.def"
#undef DEVICE
    NULL
};

enum { WINDOW_SHIFT = 32 };     /* window i is mapped at (i + 1) << WINDOW_SHIFT */

static Bench *current;
static GHashTable *provided;

static CharPort *port_of(Bench *b, const char *name)
{
    CharPort *port = g_hash_table_lookup(b->ports, name);
    if (!port) {
        port = char_memory();
        g_hash_table_insert(b->ports, g_strdup(name), port);
    }
    return port;
}

static bool resolve(PropKind kind, const char *value, void **out, GError **err)
{
    switch (kind) {
    case PROP_KIND_MEMORY:
        *out = &current->as;
        return true;
    case PROP_KIND_CHAR:
        *out = port_of(current, value);
        return true;
    case PROP_KIND_LINK:
        for (unsigned i = 0; i < current->devices->len; i++) {
            Device *d = g_ptr_array_index(current->devices, i);
            if (strcmp(d->id, value) == 0) {
                *out = d;
                return true;
            }
        }
        return fail(err, EMU_ERROR_USAGE, "no device '%s' on the bench", value);
    default:
        *out = provided ? g_hash_table_lookup(provided, value) : NULL;
        return true;
    }
}

void bench_provide(const char *name, void *pointer)
{
    if (!provided) {
        provided = g_hash_table_new(g_str_hash, g_str_equal);
    }
    g_hash_table_insert(provided, (char *)name, pointer);
}

void bench_init(int *argc, char ***argv)
{
    g_test_init(argc, argv, NULL);
    device_registry_set(classes, ARRAY_SIZE(classes) - 1);
    device_set_resolver(resolve);
    machine_lock();
}

/* --- Making one ------------------------------------------------------------------------------- */

Bench *bench_empty(void)
{
    g_assert(!current);
    GError *err = NULL;
    Bench *b = g_new0(Bench, 1);
    clock_init();
    clock_use_steps();
    memory_container_init(&b->root, "bench", MEMORY_SIZE_MAX);
    memory_ram_init(&b->ram, "ram", BENCH_RAM, &err);
    g_assert_no_error(err);
    memory_add(&b->root, 0, &b->ram, 0);
    address_space_init(&b->as, "bench", &b->root);
    b->devices = g_ptr_array_new();
    b->ports = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    b->output = g_string_new("");
    current = b;
    return b;
}

/* A port on every PROP_CHAR that the test left alone. */
static void plug_ports(Bench *b, Device *dev)
{
    for (const PropDef *p = dev->class->props; p && p->name; p++) {
        if (p->kind == PROP_KIND_CHAR && !(dev->props_set & BIT64(p - dev->class->props))) {
            g_autofree char *name = g_strdup_printf("%s.%s", dev->id, p->name);
            device_set_pointer(dev, p->name, port_of(b, name), NULL);
        }
    }
}

static CharPort *first_port(Device *dev)
{
    for (const PropDef *p = dev->class->props; p && p->name; p++) {
        if (p->kind == PROP_KIND_CHAR) {
            return *(CharPort **)(void *)((uint8_t *)dev + p->offset);
        }
    }
    return NULL;
}

static Device *make(Bench *b, const char *id, const char *type, char **props)
{
    GError *err = NULL;
    Device *dev = device_new(type, id, &err);
    g_assert_no_error(err);
    for (; *props; props++) {
        device_set(dev, *props, &err);
        g_assert_no_error(err);
    }
    plug_ports(b, dev);
    device_realize(dev, &err);
    g_assert_no_error(err);
    g_ptr_array_add(b->devices, dev);
    device_reset(dev);
    return dev;
}

static GPtrArray *collect(va_list ap)
{
    GPtrArray *words = g_ptr_array_new();
    char *word;
    while ((word = va_arg(ap, char *))) {
        g_ptr_array_add(words, word);
    }
    g_ptr_array_add(words, NULL);
    return words;
}

Device *bench_add_device(Bench *b, const char *id, const char *type, ...)
{
    va_list ap;
    va_start(ap, type);
    g_autoptr(GPtrArray) props = collect(ap);
    va_end(ap);
    return make(b, id, type, (char **)props->pdata);
}

static void edge_seen(void *opaque, int n, int level)
{
    Bench *b = opaque;
    b->edges[n] += level;
}

static Bench *finish(Bench *b, const char *type, char **props)
{
    b = b ? b : bench_empty();
    b->dev = make(b, "dut", type, props);
    b->port = first_port(b->dev);
    MemoryRegion *mr;
    for (unsigned i = 0; (mr = device_region(b->dev, i)); i++) {
        memory_add(&b->root, (GPa)(i + 1) << WINDOW_SHIFT, mr, 0);
    }
    for (unsigned i = 0; i < MIN(ARRAY_SIZE(b->edges), device_n_irqs(b->dev)); i++) {
        irq_connect(device_irq(b->dev, i), (IrqSink){ edge_seen, b, i });
    }
    memset(b->edges, 0, sizeof(b->edges));
    return b;
}

Bench *bench_new_from(Bench *b, const char *type, ...)
{
    va_list ap;
    va_start(ap, type);
    g_autoptr(GPtrArray) props = collect(ap);
    va_end(ap);
    return finish(b, type, (char **)props->pdata);
}

void bench_free(Bench *b)
{
    while (b->devices->len) {
        device_free(g_ptr_array_remove_index(b->devices, b->devices->len - 1));
    }
    GHashTableIter it;
    void *port;
    g_hash_table_iter_init(&it, b->ports);
    while (g_hash_table_iter_next(&it, NULL, &port)) {
        char_close(port);
    }
    address_space_free(&b->as);
    memory_region_free(&b->ram);
    memory_region_free(&b->root);
    g_ptr_array_free(b->devices, TRUE);
    g_hash_table_destroy(b->ports);
    g_string_free(b->output, TRUE);
    g_free(b);
    current = NULL;
}

/* --- Using it --------------------------------------------------------------------------------- */

/* What the main loop would do: deliver what the device has room for again. */
static void settle(void)
{
    while (g_main_context_iteration(NULL, FALSE)) {
    }
}

uint64_t bench_read_at(Bench *b, unsigned window, uint64_t off, unsigned size)
{
    MemResult res;
    uint64_t v = address_space_ld(&b->as, ((GPa)(window + 1) << WINDOW_SHIFT) + off, size,
                                  ENDIAN_LITTLE, &res);
    g_assert_cmpint(res, !=, MEM_DECODE_ERROR);
    settle();
    return v;
}

void bench_write_at(Bench *b, unsigned window, uint64_t off, uint64_t value, unsigned size)
{
    MemResult res;
    address_space_st(&b->as, ((GPa)(window + 1) << WINDOW_SHIFT) + off, value, size, ENDIAN_LITTLE,
                     &res);
    g_assert_cmpint(res, !=, MEM_DECODE_ERROR);
    settle();
}

uint32_t bench_read(Bench *b, uint64_t off)
{
    return bench_read_at(b, 0, off, 4);
}

void bench_write(Bench *b, uint64_t off, uint32_t value)
{
    bench_write_at(b, 0, off, value, 4);
}

bool bench_irq(Bench *b, unsigned n)
{
    IrqLine *line = device_irq(b->dev, n);
    g_assert_nonnull(line);
    return irq_level(line);
}

unsigned bench_edges(Bench *b, unsigned n)
{
    unsigned seen = b->edges[n];
    b->edges[n] = 0;
    return seen;
}

void bench_input(Bench *b, const char *input, int level)
{
    IrqSink sink;
    g_assert_true(device_input_named(b->dev, input, &sink));
    sink.handler(sink.opaque, sink.n, level);
    settle();
}

void bench_type_bytes(Bench *b, const void *bytes, unsigned len)
{
    char_memory_feed(b->port, bytes, len);
    settle();
}

void bench_type(Bench *b, const char *text)
{
    bench_type_bytes(b, text, strlen(text));
}

const char *bench_output(Bench *b)
{
    g_string_free(b->output, TRUE);
    b->output = char_memory_take(b->port);
    return b->output->str;
}

void bench_step(Bench *b, int64_t ns)
{
    clock_step(ns);
    settle();
}

void bench_reset(Bench *b)
{
    device_reset(b->dev);
    settle();
}

void bench_round_trip(Bench *b)
{
    GError *err = NULL;
    g_autoptr(GByteArray) before = g_byte_array_new(), after = g_byte_array_new();
    device_save(b->dev, before);
    device_reset(b->dev);
    const uint8_t *p = before->data;
    size_t len = before->len;
    device_load(b->dev, &p, &len, &err);
    g_assert_no_error(err);
    g_assert_cmpuint(len, ==, 0);
    device_save(b->dev, after);
    g_assert_cmpmem(before->data, before->len, after->data, after->len);
}

uint8_t *bench_ram(Bench *b)
{
    return b->ram.ram->host;
}

/* --- Registering tests ------------------------------------------------------------------------ */

typedef struct Test {
    void     (*fn)(Bench *b);
    const char *type;
    GPtrArray  *props;
} Test;

static void run(const void *opaque)
{
    const Test *t = opaque;
    Bench *b = finish(NULL, t->type, (char **)t->props->pdata);
    t->fn(b);
    bench_free(b);
}

static void test_free(void *opaque)
{
    Test *t = opaque;
    g_ptr_array_free(t->props, TRUE);
    g_free(t);
}

void bench_test(const char *name, void (*fn)(Bench *b), const char *type, ...)
{
    Test *t = g_new0(Test, 1);
    va_list ap;
    va_start(ap, type);
    *t = (Test){ fn, type, collect(ap) };
    va_end(ap);
    g_autofree char *path = g_strdup_printf("/hw/%s/%s", type, name);
    g_test_add_data_func_full(path, t, run, test_free);
}
