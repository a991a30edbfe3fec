/* SPDX-License-Identifier: MIT */
/*
 * Machines: from the tables of a class to regions, CPUs, devices and wires.
 */
#include "system/machine.h"
#include "system/cpu.h"

#define DEFAULT_RAM (128 * MiB)

Machine *the_machine;

static const MachineHooks *hooks;
static const MachineClass *const *registry;
static unsigned registry_len;

/* From an output to an input, by name until all parts exist. */
typedef struct Wire {
    IrqLine *line;
    char    *from, *where;
    IrqSink  sink;
    IrqJoin *join;                      /* the first's of several to one input; it frees it */
} Wire;

/* --- Registry --------------------------------------------------------------------------------- */

void machine_set_hooks(const MachineHooks *h)
{
    hooks = h;
}

void machine_registry_set(const MachineClass *const *classes, unsigned n)
{
    registry = classes;
    registry_len = n;
}

unsigned machine_classes(const MachineClass *const **classes)
{
    *classes = registry;
    return registry_len;
}

const MachineClass *machine_class_find(const char *name, GError **err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (unsigned i = 0; i < registry_len; i++) {
        const MachineClass *c = registry[i];
        if (strcmp(c->name, name) == 0 || (c->alias && strcmp(c->alias, name) == 0)) {
            return c;
        }
        g_ptr_array_add(names, (void *)c->name);
        if (c->alias) {
            g_ptr_array_add(names, (void *)c->alias);
        }
    }
    g_ptr_array_add(names, NULL);
    fail_unknown(err, "machine", name, (const char *const *)names->pdata);
    return NULL;
}

/* --- What the user may ask for ---------------------------------------------------------------- */

/* The most RAM that fits: the class's limit, or that of the row the user sizes. */
static uint64_t most_ram(const MachineClass *class)
{
    uint64_t most = class->max_ram ? class->max_ram : UINT64_MAX;
    for (unsigned i = 0; i < class->n_memory; i++) {
        const RegionDef *d = &class->memory[i];
        if (d->size == RAM_SIZE && d->max) {
            most = MIN(most, d->max);
        }
    }
    return most;
}

static bool choose_ram(Machine *m, GError **err)
{
    uint64_t most = most_ram(m->class);
    uint64_t preset = m->class->default_ram ? m->class->default_ram : DEFAULT_RAM;
    m->ram_size = m->config->ram_size ? m->config->ram_size : MIN(preset, most);
    if (m->ram_size > most) {
        return fail(err, EMU_ERROR_USAGE, "machine '%s' takes at most %" G_GUINT64_FORMAT
                    " MiB of RAM, not %" G_GUINT64_FORMAT, m->class->name, most / MiB,
                    m->ram_size / MiB);
    }
    if (m->ram_size % RAM_PAGE) {
        return fail(err, EMU_ERROR_USAGE, "the size of RAM must be a multiple of 4 KiB");
    }
    return true;
}

static bool choose_cpu(Machine *m, GError **err)
{
    const MachineClass *class = m->class;
    unsigned most = class->max_cpus ? class->max_cpus : 1;
    m->cpu_model = m->config->cpu ? m->config->cpu : class->cpu;
    m->n_cpus = m->config->n_cpus ? m->config->n_cpus : 1;
    if (m->n_cpus > MIN(most, MAX_CPUS)) {
        return fail(err, EMU_ERROR_USAGE, "machine '%s' has at most %u CPU%s, not %u", class->name,
                    most, most == 1 ? "" : "s", m->n_cpus);
    }
    for (const char *const *c = class->cpus; c && *c; c++) {
        if (strcmp(*c, m->cpu_model) == 0) {
            return true;
        }
    }
    if (class->cpus) {
        g_autofree char *list = g_strjoinv(", ", (char **)class->cpus);
        return fail(err, EMU_ERROR_USAGE, "machine '%s' has no socket for the CPU '%s'; it takes %s",
                    class->name, m->cpu_model, list);
    }
    return true;
}

static bool apply_options(Machine *m, GError **err)
{
    for (const char *const *o = m->config->options; o && *o; o++) {
        const char *eq = strchr(*o, '=');
        g_autofree char *key = eq ? g_strndup(*o, eq - *o) : g_strdup(*o);
        if (!m->class->option) {
            return fail(err, EMU_ERROR_USAGE, "machine '%s' has no options, so no '%s'",
                        m->class->name, key);
        }
        if (!m->class->option(m, key, eq ? eq + 1 : "on", err)) {
            return false;
        }
    }
    return true;
}

/* --- Memory ----------------------------------------------------------------------------------- */

static const MemoryOps nothing_there;

static bool fill_rom(Machine *m, MemoryRegion *mr, const char *image, GError **err)
{
    if (strcmp(image, "bios") != 0 || !m->config->bios) {
        return true;
    }
    g_autofree char *bytes = NULL;
    g_autoptr(GError) why = NULL;
    size_t len;
    if (!g_file_get_contents(m->config->bios, &bytes, &len, &why)) {
        return fail(err, EMU_ERROR_NOINPUT, "cannot read the firmware: %s", why->message);
    }
    if (len > mr->size) {
        return fail(err, EMU_ERROR_DATA, "the firmware '%s' is %zu bytes long, '%s' holds %"
                    G_GUINT64_FORMAT, m->config->bios, len, mr->name, mr->size);
    }
    memcpy(mr->ram->host, bytes, len);
    return true;
}

static bool add_region(Machine *m, const RegionDef *d, GError **err)
{
    uint64_t size = d->size == RAM_SIZE ? m->ram_size : d->size;
    MemoryRegion *target = d->alias ? machine_region(m, d->alias) : NULL;
    MemoryRegion *mr = g_new0(MemoryRegion, 1);
    g_ptr_array_add(m->regions, mr);
    if (d->alias) {
        g_assert(target);               /* an alias stands below what it shows */
        memory_alias_init(mr, d->name, target, d->alias_offset, MIN(size, target->size));
    } else if (d->zero) {
        memory_mmio_init(mr, d->name, size, &nothing_there, NULL);
    } else if (d->rom) {
        if (!memory_rom_init(mr, d->name, size, err) || !fill_rom(m, mr, d->rom, err)) {
            return false;
        }
    } else if (!memory_ram_init(mr, d->name, size, err)) {
        return false;
    }
    if (d->address != NO_ADDRESS) {
        memory_add(&m->root, d->address, mr, d->priority);
    }
    return true;
}

void machine_add_region(Machine *m, MemoryRegion *mr, GPa address, int priority)
{
    g_ptr_array_add(m->regions, mr);
    if (address != NO_ADDRESS) {
        memory_add(&m->root, address, mr, priority);
    }
}

static bool make_memory(Machine *m, GError **err)
{
    for (unsigned i = 0; i < m->class->n_memory; i++) {
        if (!add_region(m, &m->class->memory[i], err)) {
            return false;
        }
    }
    return true;
}

MemoryRegion *machine_region(Machine *m, const char *name)
{
    for (unsigned i = 0; i < m->regions->len; i++) {
        MemoryRegion *mr = g_ptr_array_index(m->regions, i);
        if (mr->name && strcmp(mr->name, name) == 0) {
            return mr;
        }
    }
    return NULL;
}

/* --- Parts ------------------------------------------------------------------------------------ */

Device *machine_device(Machine *m, const char *id)
{
    for (unsigned i = 0; i < m->devices->len; i++) {
        Device *dev = g_ptr_array_index(m->devices, i);
        if (strcmp(dev->id, id) == 0) {
            return dev;
        }
    }
    return NULL;
}

const PartDef *machine_part(const MachineClass *class, const char *id)
{
    for (unsigned i = 0; i < class->n_parts; i++) {
        if (strcmp(class->parts[i].id, id) == 0) {
            return &class->parts[i];
        }
    }
    return NULL;
}

static bool fail_no_device(Machine *m, const char *what, const char *id, GError **err)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (unsigned i = 0; i < m->devices->len; i++) {
        g_ptr_array_add(ids, ((Device *)g_ptr_array_index(m->devices, i))->id);
    }
    g_ptr_array_add(ids, NULL);
    return fail_unknown(err, what, id, (const char *const *)ids->pdata);
}

/* The values of pointer properties; device.h calls it while the_machine is built. */
static bool resolve(PropKind kind, const char *value, void **out, GError **err)
{
    Machine *m = the_machine;
    switch (kind) {
    case PROP_KIND_MEMORY:
        *out = &m->as;
        return true;
    case PROP_KIND_REGION:
        *out = machine_region(m, value);
        return *out || fail(err, EMU_ERROR_SOFTWARE, "the board has no memory '%s'", value);
    case PROP_KIND_LINK:
        *out = machine_device(m, value);
        return *out || fail_no_device(m, "device", value, err);
    default:
        *out = NULL;
        return !m->config->resolver || m->config->resolver(kind, value, out, err);
    }
}

/* The part of "id.prop=value" after the dot when `who` is dev or its type; else NULL. */
static const char *global_for(const char *global, const Device *dev)
{
    const char *names[] = { dev->id, dev->class->name };
    for (unsigned i = 0; i < ARRAY_SIZE(names); i++) {
        size_t len = strlen(names[i]);
        if (strncmp(global, names[i], len) == 0 && global[len] == '.') {
            return global + len + 1;
        }
    }
    return NULL;
}

static bool set_props(Machine *m, Device *dev, const PartDef *part, GError **err)
{
    for (unsigned i = 0; i < ARRAY_SIZE(part->props) && part->props[i]; i++) {
        if (!device_set(dev, part->props[i], err)) {
            return false;
        }
    }
    for (const char *const *g = m->config->globals; g && *g; g++) {
        const char *assignment = global_for(*g, dev);
        if (assignment && !device_set(dev, assignment, err)) {
            return false;
        }
    }
    return true;
}

/* Every -global must have found somebody. */
static bool check_globals(Machine *m, GError **err)
{
    for (const char *const *g = m->config->globals; g && *g; g++) {
        bool found = false;
        for (unsigned i = 0; i < m->devices->len; i++) {
            found |= global_for(*g, g_ptr_array_index(m->devices, i)) != NULL;
        }
        if (!found) {
            g_autofree char *who = g_strndup(*g, strcspn(*g, ".="));
            return fail_no_device(m, "device in -global:", who, err);
        }
    }
    return true;
}

static void map_windows(Machine *m, Device *dev, const PartDef *part)
{
    MemoryRegion *mr;
    for (unsigned i = 0; (mr = device_region(dev, i)); i++) {
        GPa where = i == 0 ? part->address
                  : i <= ARRAY_SIZE(part->more) && part->more[i - 1] ? part->more[i - 1]
                  : NO_ADDRESS;
        if (where == NO_ADDRESS) {
            continue;
        }
        if (where & PORT_SPACE) {
            memory_add(&m->io_root, where & ~PORT_SPACE, mr, part->priority);
        } else {
            memory_add(&m->root, where, mr, part->priority);
        }
    }
}

static void add_wire(Machine *m, IrqLine *line, const char *from, const char *where)
{
    Wire *w = g_new0(Wire, 1);
    *w = (Wire){ line, g_strdup(from), g_strdup(where) };
    g_ptr_array_add(m->wires, w);
}

/* "vic.12", "vic.22+dma.3" for output number n, or "fiq>cpu0.fiq" for the one of that name. */
static bool add_wires(Machine *m, Device *dev, unsigned n, const char *spec, GError **err)
{
    const char *sign = strchr(spec, '>');
    g_autofree char *name = sign ? g_strndup(spec, sign - spec) : g_strdup_printf("%u", n);
    IrqLine *line = sign ? device_irq_named(dev, name) : device_irq(dev, n);
    if (!line) {
        return fail(err, EMU_ERROR_SOFTWARE, "'%s' (%s) has no output '%s' for '%s'", dev->id,
                    dev->class->name, name, spec);
    }
    g_autofree char *from = g_strdup_printf("%s.%s", dev->id, name);
    g_auto(GStrv) sinks = g_strsplit(sign ? sign + 1 : spec, "+", -1);
    for (char **s = sinks; *s; s++) {
        add_wire(m, line, from, *s);
    }
    return true;
}

Device *machine_add_part(Machine *m, const PartDef *part, GError **err)
{
    if (machine_device(m, part->id)) {
        fail(err, EMU_ERROR_USAGE, "there are two devices called '%s'", part->id);
        return NULL;
    }
    Device *dev = device_new(part->type, part->id, err);
    if (!dev) {
        return NULL;
    }
    if (!set_props(m, dev, part, err) || !device_realize(dev, err)) {
        device_free(dev);
        return NULL;
    }
    g_ptr_array_add(m->devices, dev);
    map_windows(m, dev, part);
    for (unsigned i = 0; i < ARRAY_SIZE(part->irq); i++) {
        if (part->irq[i] && !add_wires(m, dev, i, part->irq[i], err)) {
            return NULL;
        }
    }
    return dev;
}

static bool make_parts(Machine *m, GError **err)
{
    for (unsigned i = 0; i < m->class->n_parts; i++) {
        const PartDef *part = &m->class->parts[i];
        if (!part->on_request && !machine_add_part(m, part, err)) {
            return false;
        }
    }
    return true;
}

/* --- Wires ------------------------------------------------------------------------------------ */

/* The CPU of "cpu0", or NULL. */
static Cpu *find_cpu(Machine *m, const char *id)
{
    char *end;
    if (strncmp(id, "cpu", 3) != 0 || !g_ascii_isdigit(id[3])) {
        return NULL;
    }
    uint64_t n = g_ascii_strtoull(id + 3, &end, 10);
    return !*end && n < m->n_cpus ? m->cpus[n] : NULL;
}

bool machine_input(Machine *m, const char *where, IrqSink *sink, GError **err)
{
    const char *dot = strchr(where, '.');
    if (!dot) {
        return fail(err, EMU_ERROR_SOFTWARE, "'%s' does not say which input", where);
    }
    g_autofree char *id = g_strndup(where, dot - where);
    Cpu *cpu = find_cpu(m, id);
    Device *dev = machine_device(m, id);
    if (cpu && hooks->cpu_irq_input(cpu, dot + 1, sink)) {
        return true;
    }
    if (dev && device_input_named(dev, dot + 1, sink)) {
        return true;
    }
    if (!cpu && !dev) {
        return fail_no_device(m, "device", id, err);
    }
    return fail(err, EMU_ERROR_SOFTWARE, "'%s' (%s) has no input '%s'", id,
                dev ? dev->class->name : m->cpu_model, dot + 1);
}

void machine_connect(Machine *m, IrqLine *line, const char *where)
{
    g_assert(line);
    add_wire(m, line, "(board)", where);
}

static bool same_sink(const IrqSink *a, const IrqSink *b)
{
    return a->handler == b->handler && a->opaque == b->opaque && a->n == b->n;
}

/* The first of the wires before number n to the same input, or NULL. */
static Wire *earlier_wire(Machine *m, unsigned n)
{
    const Wire *this = g_ptr_array_index(m->wires, n);
    for (unsigned i = 0; i < n; i++) {
        Wire *w = g_ptr_array_index(m->wires, i);
        if (same_sink(&w->sink, &this->sink)) {
            return w;
        }
    }
    return NULL;
}

/* In the order of the tables; outputs that go to the same input are joined. */
static void connect_all(Machine *m)
{
    for (unsigned i = 0; i < m->wires->len; i++) {
        const Wire *w = g_ptr_array_index(m->wires, i);
        Wire *first = earlier_wire(m, i);
        if (first && !first->join) {
            first->join = g_new0(IrqJoin, 1);
            first->join->sink = w->sink;
        }
    }
    for (unsigned i = 0; i < m->wires->len; i++) {
        Wire *w = g_ptr_array_index(m->wires, i), *first = earlier_wire(m, i);
        IrqJoin *join = first ? first->join : w->join;
        if (join) {
            irq_join(join, w->line);
        } else {
            irq_connect(w->line, w->sink);
        }
    }
}

static bool connect_wires(Machine *m, GError **err)
{
    for (unsigned i = 0; i < m->wires->len; i++) {
        Wire *w = g_ptr_array_index(m->wires, i);
        if (!machine_input(m, w->where, &w->sink, err)) {
            if (err && *err) {
                g_prefix_error(err, "wire from %s: ", w->from);
            }
            return false;
        }
    }
    connect_all(m);
    return true;
}

/* --- CPUs ------------------------------------------------------------------------------------- */

static bool make_cpus(Machine *m, GError **err)
{
    for (unsigned i = 0; hooks && i < m->n_cpus; i++) {
        m->cpus[i] = hooks->cpu_new(m, m->cpu_model, i, err);
        if (!m->cpus[i]) {
            return false;
        }
        m->cpus[i]->io = &m->io;
    }
    return true;
}

void machine_start_cpu(Machine *m, unsigned index, const CpuStart *start)
{
    Cpu *cpu = m->cpus[index];
    hooks->cpu_reset(cpu);
    cpu->powered_off = !start;
    if (start) {
        hooks->cpu_start(cpu, start);
    }
}

IrqLine *machine_cpu_output(Machine *m, unsigned index, const char *name)
{
    return hooks && hooks->cpu_irq_output ? hooks->cpu_irq_output(m->cpus[index], name) : NULL;
}

/* --- The whole -------------------------------------------------------------------------------- */

static void wire_free(void *opaque)
{
    Wire *w = opaque;
    if (w->join) {
        irq_join_clear(w->join);
        g_free(w->join);
    }
    g_free(w->from);
    g_free(w->where);
    g_free(w);
}

static Machine *machine_new(const MachineClass *class, const MachineConfig *config)
{
    Machine *m = g_new0(Machine, 1);
    m->class = class;
    m->config = config;
    m->devices = g_ptr_array_new();
    m->regions = g_ptr_array_new();
    m->wires = g_ptr_array_new_with_free_func(wire_free);
    memory_container_init(&m->root, "system", MEMORY_SIZE_MAX);
    address_space_init(&m->as, "system", &m->root);
    memory_container_init(&m->io_root, "ports", 64 * KiB);
    address_space_init(&m->io, "ports", &m->io_root);
    the_machine = m;
    device_set_resolver(resolve);
    return m;
}

static bool make_all(Machine *m, GError **err)
{
    return choose_ram(m, err) && choose_cpu(m, err) && apply_options(m, err) &&
           make_memory(m, err) && (!m->class->more_memory || m->class->more_memory(m, err)) &&
           make_cpus(m, err) && make_parts(m, err) &&
           (!m->class->build || m->class->build(m, err)) &&
           (!m->config->plug || m->config->plug(m, err)) && check_globals(m, err) &&
           connect_wires(m, err);
}

Machine *machine_build(const MachineClass *class, const MachineConfig *config, GError **err)
{
    g_assert(!the_machine);
    Machine *m = machine_new(class, config);
    memory_begin();
    bool ok = make_all(m, err);
    memory_commit();
    if (!ok || (class->boot && !class->boot(m, err))) {
        machine_free(m);
        return NULL;
    }
    return m;
}

void machine_free(Machine *m)
{
    if (m->class->free) {
        m->class->free(m);
    }
    memory_begin();
    while (m->devices->len) {
        device_free(g_ptr_array_remove_index(m->devices, m->devices->len - 1));
    }
    for (unsigned i = 0; i < m->n_cpus && m->cpus[i]; i++) {
        hooks->cpu_free(m->cpus[i]);
    }
    for (unsigned i = m->regions->len; i-- > 0;) {
        MemoryRegion *mr = g_ptr_array_index(m->regions, i);
        memory_region_free(mr);
        g_free(mr);
    }
    memory_commit();
    address_space_free(&m->as);
    memory_region_free(&m->root);
    address_space_free(&m->io);
    memory_region_free(&m->io_root);
    g_ptr_array_free(m->wires, TRUE);
    g_ptr_array_free(m->regions, TRUE);
    g_ptr_array_free(m->devices, TRUE);
    g_free(m);
    device_set_resolver(NULL);
    the_machine = NULL;
}

/* The outputs that are high now: those they go to must hear when a reset has taken them down. */
static GPtrArray *high_lines(Machine *m)
{
    GPtrArray *high = g_ptr_array_new();
    for (unsigned i = 0; i < m->devices->len; i++) {
        Device *dev = g_ptr_array_index(m->devices, i);
        for (unsigned n = 0; n < device_n_irqs(dev); n++) {
            if (irq_level(device_irq(dev, n))) {
                g_ptr_array_add(high, device_irq(dev, n));
            }
        }
    }
    return high;
}

static void for_each_device(Machine *m, void (*fn)(Device *dev))
{
    for (unsigned i = 0; i < m->devices->len; i++) {
        fn(g_ptr_array_index(m->devices, i));
    }
}

void machine_reset(Machine *m)
{
    g_autoptr(GPtrArray) high = high_lines(m);
    for_each_device(m, device_reset_state);
    for (unsigned i = 0; i < m->n_cpus && m->cpus[i]; i++) {
        hooks->cpu_reset(m->cpus[i]);
    }
    for_each_device(m, device_reset_finish);
    for (unsigned i = 0; i < high->len; i++) {
        IrqLine *line = g_ptr_array_index(high, i);
        if (!irq_level(line)) {
            irq_propagate(line);
        }
    }
    if (m->class->reset) {
        m->class->reset(m);
    }
}

/* --- The tables back -------------------------------------------------------------------------- */

static void print_wires(Machine *m, const Device *dev, GString *out)
{
    g_autofree char *prefix = g_strdup_printf("%s.", dev->id);
    for (unsigned i = 0; i < m->wires->len; i++) {
        const Wire *w = g_ptr_array_index(m->wires, i);
        if (g_str_has_prefix(w->from, prefix)) {
            g_string_append_printf(out, " %s>%s", w->from + strlen(prefix), w->where);
        }
    }
}

static void print_part(Machine *m, Device *dev, GString *out)
{
    MemoryRegion *first = device_region(dev, 0), *mr;
    if (first && first->parent == &m->root) {
        g_string_append_printf(out, "  %08" G_GINT64_MODIFIER "x", first->addr);
    } else if (first && first->parent == &m->io_root) {
        g_string_append_printf(out, "  port %03" G_GINT64_MODIFIER "x", first->addr);
    } else {
        g_string_append_printf(out, "  %8s", "-");
    }
    g_string_append_printf(out, "  %-10s %-16s", dev->id, dev->class->name);
    for (unsigned i = 1; (mr = device_region(dev, i)); i++) {
        if (mr->parent == &m->root) {
            g_string_append_printf(out, " %s@%" G_GINT64_MODIFIER "x", mr->name, mr->addr);
        } else if (mr->parent == &m->io_root) {
            g_string_append_printf(out, " %s@port:%" G_GINT64_MODIFIER "x", mr->name, mr->addr);
        }
    }
    print_wires(m, dev, out);
    g_string_append_printf(out, "%s%s\n", dev->settings->len ? " " : "", dev->settings->str);
}

void machine_print_map(Machine *m, GString *out)
{
    g_string_append_printf(out, "machine %s: %s\n", m->class->name, m->class->about);
    g_string_append_printf(out, "cpu     %s x %u\n", m->cpu_model ? m->cpu_model : "none",
                           m->n_cpus);
    g_string_append(out, "parts\n");
    for (unsigned i = 0; i < m->devices->len; i++) {
        print_part(m, g_ptr_array_index(m->devices, i), out);
    }
    g_string_append(out, "wires of the board\n");
    for (unsigned i = 0; i < m->wires->len; i++) {
        const Wire *w = g_ptr_array_index(m->wires, i);
        if (strcmp(w->from, "(board)") == 0) {
            g_string_append_printf(out, "  %s\n", w->where);
        }
    }
    g_string_append(out, "memory\n");
    address_space_print(&m->as, out);
    if (m->io_root.children) {
        g_string_append(out, "ports\n");
        address_space_print(&m->io, out);
    }
}

/* --- Requests --------------------------------------------------------------------------------- */

static void (*request_handler)(SystemRequest request, int code);

void system_set_request_handler(void (*fn)(SystemRequest request, int code))
{
    request_handler = fn;
}

void system_request(SystemRequest request, int code)
{
    static const char *const words[] = { "reset", "power off", "exit" };
    if (request_handler) {
        request_handler(request, code);
    } else {
        log_print(LOG_GUEST, "machine: %s requested, code %d\n", words[request], code);
    }
}
