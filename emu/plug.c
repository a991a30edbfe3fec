/* SPDX-License-Identifier: MIT */
/*
 * Devices that are not in a board's table.
 *
 *     -device TYPE[,id=ID][,bus=ID][,addr=SLOT[.FUNCTION]][,KEY=VALUE...]
 *     -nic user,model=TYPE[,mac=ADDRESS][,hostfwd=...]
 *
 * A PCI card goes onto the bus of the device called "pci", or bus=; an ISA card to its ports, iobase=; a
 * SCSI unit to the adapter that bus= names.  virtio-blk-pci and its like are two devices: the virtio one,
 * ID.virtio, and its transport; each key goes to the one that knows it.
 */
#include "emu/plug.h"

#include <string.h>
#include "emu/drives.h"
#include "emu/ports.h"
#include "system/error.h"

static const Options *options;

typedef struct Combined {
    const char *name, *inner, *outer, *about;
} Combined;

static const Combined combined[] = {
    { "virtio-blk-pci",     "virtio-blk",     "virtio-pci", "virtio disk on PCI" },
    { "virtio-net-pci",     "virtio-net",     "virtio-pci", "virtio network card on PCI" },
    { "virtio-rng-pci",     "virtio-rng",     "virtio-pci", "virtio source of random numbers on PCI" },
    { "virtio-console-pci", "virtio-console", "virtio-pci", "virtio console on PCI" },
};

/* Names that others give to ours. */
static const struct {
    const char *name, *ours;
} aliases[] = {
    { "isa-debugcon", "debugcon" }, { "isa-serial", "ns16550" }, { "isa-parallel", "parallel" },
};

const char *plug_combined(unsigned n, const char **about)
{
    if (n >= ARRAY_SIZE(combined)) {
        return NULL;
    }
    *about = combined[n].about;
    return combined[n].name;
}

static const Combined *find_combined(const char *name)
{
    for (unsigned i = 0; i < ARRAY_SIZE(combined); i++) {
        if (!strcmp(combined[i].name, name)) {
            return &combined[i];
        }
    }
    return NULL;
}

static const char *our_name(const char *name)
{
    for (unsigned i = 0; i < ARRAY_SIZE(aliases); i++) {
        if (!strcmp(aliases[i].name, name)) {
            return aliases[i].ours;
        }
    }
    return name;
}

static bool known_type(const char *type, GError **err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const DeviceClass *const *classes;
    unsigned n = device_classes(&classes);
    for (unsigned i = 0; i < n; i++) {
        g_ptr_array_add(names, (gpointer)classes[i]->name);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(combined); i++) {
        g_ptr_array_add(names, (gpointer)combined[i].name);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(aliases); i++) {
        g_ptr_array_add(names, (gpointer)aliases[i].name);
    }
    g_ptr_array_add(names, NULL);
    return g_strv_contains((const char *const *)names->pdata, type) ||
           fail_unknown(err, "device type", type, (const char *const *)names->pdata);
}

/* --- One device ------------------------------------------------------------------------------- */

/* A device to be made: its settings, those that say where it goes taken out. */
typedef struct Plug {
    const char *type;
    char       *id, *bus, *addr, *iobase;
    GPtrArray  *settings;               /* "key=value" */
} Plug;

static void plug_clear(Plug *p)
{
    g_free(p->id);
    g_free(p->bus);
    g_free(p->addr);
    g_free(p->iobase);
    g_clear_pointer(&p->settings, g_ptr_array_unref);
}

static bool class_has(const DeviceClass *class, const char *prop)
{
    for (const PropDef *d = class->props; d && d->name; d++) {
        if (!strcmp(d->name, prop)) {
            return true;
        }
    }
    return false;
}

static void take(char **field, const char *value)
{
    g_free(*field);
    *field = g_strdup(value);
}

static void parse(Plug *p, char **words)
{
    p->settings = g_ptr_array_new_with_free_func(g_free);
    for (; *words; words++) {
        if (g_str_has_prefix(*words, "id=")) {
            take(&p->id, *words + 3);
        } else if (g_str_has_prefix(*words, "bus=")) {
            take(&p->bus, *words + 4);
        } else if (g_str_has_prefix(*words, "addr=")) {
            take(&p->addr, *words + 5);
        } else if (g_str_has_prefix(*words, "iobase=")) {
            take(&p->iobase, *words + 7);
        } else {
            g_ptr_array_add(p->settings, g_strdup(*words));
        }
    }
}

/* "TYPE-N", the first that is free. */
static char *choose_id(Machine *m, const char *type)
{
    for (unsigned n = 0;; n++) {
        char *id = g_strdup_printf("%s-%u", type, n);
        if (!machine_device(m, id)) {
            return id;
        }
        g_free(id);
    }
}

static bool make(Machine *m, const char *type, const char *id, GPtrArray *settings, GPa address,
                 GError **err)
{
    PartDef part = { .id = id, .type = type, .address = address };
    if (settings->len > ARRAY_SIZE(part.props)) {
        return fail(err, EMU_ERROR_USAGE, "more than %u settings", (unsigned)ARRAY_SIZE(part.props));
    }
    for (unsigned i = 0; i < settings->len; i++) {
        part.props[i] = settings->pdata[i];
    }
    return machine_add_part(m, &part, err);
}

/* --- Where it goes ---------------------------------------------------------------------------- */

static bool no_place(Machine *m, const char *type, GError **err)
{
    return fail(err, EMU_ERROR_USAGE, "machine '%s' has no place to plug a '%s' into", m->class->name,
                type);
}

/* "5", "0x1f.3": numbers are hexadecimal, as lspci has them. */
static bool place_on_pci(Machine *m, Plug *p, GError **err)
{
    char *bus = p->bus && !g_str_has_prefix(p->bus, "pci.") ? p->bus : (char *)"pci";
    if (!machine_device(m, bus)) {
        return p->bus ? fail(err, EMU_ERROR_USAGE, "no device is called '%s'", bus)
                      : no_place(m, p->type, err);
    }
    g_ptr_array_add(p->settings, g_strdup_printf("bus=%s", bus));
    if (p->addr) {
        char *end;
        guint64 slot = g_ascii_strtoull(p->addr, &end, 16), fn = 0;
        if (*end == '.') {
            fn = g_ascii_strtoull(end + 1, &end, 16);
        }
        if (end == p->addr || *end || slot > 31 || fn > 7) {
            return fail(err, EMU_ERROR_USAGE, "addr '%s' is not SLOT or SLOT.FUNCTION", p->addr);
        }
        g_ptr_array_add(p->settings, g_strdup_printf("slot=%u", (unsigned)slot));
        g_ptr_array_add(p->settings, g_strdup_printf("function=%u", (unsigned)fn));
    }
    return true;
}

static bool place_on_isa(Machine *m, Plug *p, const DeviceClass *class, GPa *address, GError **err)
{
    guint64 base = 0;
    for (const PropDef *d = class->props; d && d->name; d++) {
        base = strcmp(d->name, "iobase") ? base : d->fallback;
    }
    if (!machine_device(m, "isa")) {
        return no_place(m, p->type, err);
    }
    if (p->iobase) {
        char *end;
        base = g_ascii_strtoull(p->iobase, &end, 0);
        if (end == p->iobase || *end || base > 0xffff) {
            return fail(err, EMU_ERROR_USAGE, "iobase '%s' is not a port", p->iobase);
        }
        if (class_has(class, "iobase")) {
            g_ptr_array_add(p->settings, g_strdup_printf("iobase=%u", (unsigned)base));
        }
    }
    *address = PORT(base);
    return base || fail(err, EMU_ERROR_USAGE, "iobase= is missing");
}

/* The board's own devices at ports can be plugged in once more, too. */
static bool is_isa(const DeviceClass *class)
{
    static const char *const others[] = { "debugcon", "ns16550", "parallel", NULL };
    return !g_strcmp0(class->bus, "isa") || g_strv_contains(others, class->name);
}

static bool plug_simple(Machine *m, Plug *p, GError **err)
{
    const DeviceClass *class = device_class_find(p->type, err);
    GPa address = NO_ADDRESS;
    if (!class) {
        return false;
    }
    bool ok;
    if (!g_strcmp0(class->bus, "pci")) {
        ok = place_on_pci(m, p, err);
    } else if (is_isa(class)) {
        ok = place_on_isa(m, p, class, &address, err);
    } else if (!g_strcmp0(class->bus, "scsi")) {
        ok = p->bus || fail(err, EMU_ERROR_USAGE, "bus= is missing: the adapter of the '%s'", p->type);
        if (ok) {
            g_ptr_array_add(p->settings, g_strdup_printf("bus=%s", p->bus));
        }
    } else {
        ok = no_place(m, p->type, err);
    }
    return ok && make(m, p->type, p->id, p->settings, address, err);
}

/* The keys of the virtio device to it, the others to its transport. */
static bool plug_combined_one(Machine *m, Plug *p, const Combined *c, GError **err)
{
    const DeviceClass *inner = device_class_find(c->inner, err);
    g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *id = g_strdup_printf("%s.virtio", p->id);
    for (unsigned i = 0; i < p->settings->len;) {
        const char *setting = p->settings->pdata[i];
        g_autofree char *key = g_strndup(setting, strcspn(setting, "="));
        if (class_has(inner, key)) {
            g_ptr_array_add(own, g_strdup(setting));
            g_ptr_array_remove_index(p->settings, i);
        } else {
            i++;
        }
    }
    g_ptr_array_add(p->settings, g_strdup_printf("device=%s", id));
    return place_on_pci(m, p, err) && make(m, c->inner, id, own, NO_ADDRESS, err) &&
           make(m, c->outer, p->id, p->settings, NO_ADDRESS, err);
}

/* "TYPE,KEY=VALUE,..." */
static bool plug(Machine *m, const char *text, GError **err)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    const Combined *c = find_combined(words[0]);
    Plug p = { .type = our_name(words[0]) };
    parse(&p, words + 1);
    if (!p.id) {
        p.id = choose_id(m, p.type);
    }
    bool ok = c ? plug_combined_one(m, &p, c, err) : plug_simple(m, &p, err);
    plug_clear(&p);
    return ok;
}

/* --- All of them ------------------------------------------------------------------------------ */

static bool has_own(Machine *m, const char *type)
{
    for (unsigned i = 0; i < m->devices->len; i++) {
        Device *dev = m->devices->pdata[i];
        if (!strcmp(dev->class->name, type)) {
            return true;
        }
    }
    return false;
}

/* A card for each network, where cards are not in the board's table. */
static bool plug_nics(Machine *m, GError **err)
{
    for (unsigned n = 0; n < ports_n_nics(); n++) {
        const char *model, *mac;
        bool plugged = ports_nic(n, &model, &mac);
        bool in_table = !m->class->nic && (!model || has_own(m, model));
        if (!plugged || in_table) {
            continue;                   /* -nic none is no card */
        }
        model = model ? model : m->class->nic;
        g_autofree char *text = g_strdup_printf("%s,id=nic%u,netdev=nic%u%s%s", model, n, n,
                                                mac ? ",mac=" : "", mac ? mac : "");
        if (!known_type(model, err) || !plug(m, text, err)) {
            g_prefix_error(err, "network card %u: ", n);
            return false;
        }
    }
    return true;
}

static bool plug_virtio_disks(Machine *m, GError **err)
{
    for (unsigned n = 0; machine_device(m, "pci") && n < 32; n++) {
        if (!drives_waiting("virtio", n)) {
            continue;
        }
        g_autofree char *text = g_strdup_printf("virtio-blk-pci,id=virtio%u,drive=virtio%u", n, n);
        if (!plug(m, text, err)) {
            return false;
        }
    }
    return true;
}

static bool plug_all(Machine *m, GError **err)
{
    if (!plug_nics(m, err)) {
        return false;
    }
    for (unsigned i = 0; options->device && i < options->device->len; i++) {
        const char *text = options->device->pdata[i];
        if (!plug(m, text, err)) {
            g_prefix_error(err, "-device: ");
            return false;
        }
    }
    return plug_virtio_disks(m, err);
}

bool plug_prepare(const Options *o, const MachineClass *class, MachineConfig *c, GError **err)
{
    for (unsigned i = 0; o->device && i < o->device->len; i++) {
        const char *text = o->device->pdata[i];
        g_autofree char *type = g_strndup(text, strcspn(text, ","));
        if (!known_type(type, err)) {
            g_prefix_error(err, "-device: ");
            return false;
        }
    }
    options = o;
    c->plug = plug_all;
    return true;
}
