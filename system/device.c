/* SPDX-License-Identifier: MIT */
/*
 * Devices: the registry, instances, and their lines by name and number.
 */
#include "system/device_internal.h"

/* --- Registry --------------------------------------------------------------------------------- */

static const DeviceClass *const *registry;
static unsigned registry_len;

void device_registry_set(const DeviceClass *const *classes, unsigned n)
{
    registry = classes;
    registry_len = n;
}

unsigned device_classes(const DeviceClass *const **classes)
{
    *classes = registry;
    return registry_len;
}

const DeviceClass *device_class_find(const char *name, GError **err)
{
    g_autofree const char **names = g_new0(const char *, registry_len + 1);
    for (unsigned i = 0; i < registry_len; i++) {
        if (strcmp(registry[i]->name, name) == 0) {
            return registry[i];
        }
        names[i] = registry[i]->name;
    }
    fail_unknown(err, "device type", name, names);
    return NULL;
}

/* --- Instances -------------------------------------------------------------------------------- */

Device *device_new_class(const DeviceClass *class, const char *id)
{
    g_assert(class->size >= sizeof(Device));
    Device *dev = g_malloc0(class->size);
    dev->class = class;
    dev->id = g_strdup(id);
    dev->strings = g_ptr_array_new_with_free_func(g_free);
    dev->regions = g_ptr_array_new();
    dev->settings = g_string_new("");
    device_props_init(dev);
    return dev;
}

Device *device_new(const char *type, const char *id, GError **err)
{
    const DeviceClass *class = device_class_find(type, err);
    return class ? device_new_class(class, id) : NULL;
}

static void make_pins(Device *dev)
{
    for (const InputDef *in = dev->class->inputs; in && in->name; in++) {
        dev->n_pins++;
    }
    dev->pins = g_new0(DevicePin, dev->n_pins);
    for (unsigned i = 0; i < dev->n_pins; i++) {
        dev->pins[i] = (DevicePin){ dev, &dev->class->inputs[i] };
    }
}

bool device_realize(Device *dev, GError **err)
{
    g_assert(!dev->realized);
    if (!device_props_check(dev, err) || !device_windows_make(dev, err)) {
        return false;
    }
    device_state_make(dev);
    make_pins(dev);
    if (dev->class->realize && !dev->class->realize(dev, err)) {
        return false;
    }
    dev->realized = true;
    return true;
}

void device_free(Device *dev)
{
    if (!dev) {
        return;
    }
    if (dev->realized && dev->class->unrealize) {
        dev->class->unrealize(dev);
    }
    device_state_free(dev);
    device_windows_free(dev);
    for (unsigned i = 0, n = device_n_irqs(dev); i < n; i++) {
        irq_disconnect(device_irq(dev, i));
    }
    g_free(dev->pins);
    g_ptr_array_free(dev->regions, TRUE);
    g_ptr_array_free(dev->strings, TRUE);
    g_string_free(dev->settings, TRUE);
    g_free(dev->id);
    g_free(dev);
}

/* --- Lines ------------------------------------------------------------------------------------ */

unsigned device_n_irqs(const Device *dev)
{
    unsigned n = 0;
    for (const IrqDef *d = dev->class->irqs; d && d->name; d++) {
        n += d->size / sizeof(IrqLine);
    }
    return n;
}

IrqLine *device_irq(Device *dev, unsigned n)
{
    for (const IrqDef *d = dev->class->irqs; d && d->name; d++) {
        unsigned count = d->size / sizeof(IrqLine);
        if (n < count) {
            return (IrqLine *)device_field(dev, d->offset) + n;
        }
        n -= count;
    }
    return NULL;
}

/* "name" or "name[3]": does it name `word`, and which of them? */
static bool parse_pin(const char *text, const char *word, unsigned count, unsigned *index)
{
    size_t len = strlen(word);
    if (strncmp(text, word, len) != 0) {
        return false;
    }
    if (!text[len]) {
        *index = 0;
        return true;
    }
    char *end;
    uint64_t i = text[len] == '[' ? g_ascii_strtoull(text + len + 1, &end, 10) : UINT64_MAX;
    if (i >= count || strcmp(end, "]") != 0) {
        return false;
    }
    *index = i;
    return true;
}

IrqLine *device_irq_named(Device *dev, const char *name)
{
    for (const IrqDef *d = dev->class->irqs; d && d->name; d++) {
        unsigned index;
        if (parse_pin(name, d->name, d->size / sizeof(IrqLine), &index)) {
            return (IrqLine *)device_field(dev, d->offset) + index;
        }
    }
    return NULL;
}

static void pin_changed(void *opaque, int n, int level)
{
    DevicePin *pin = opaque;
    pin->def->handler(pin->dev, n, level);
}

bool device_input(Device *dev, unsigned n, IrqSink *sink)
{
    for (unsigned i = 0; i < dev->n_pins; i++) {
        DevicePin *pin = &dev->pins[i];
        if (n < pin->def->count) {
            *sink = (IrqSink){ pin_changed, pin, n };
            return true;
        }
        n -= pin->def->count;
    }
    return false;
}

bool device_input_named(Device *dev, const char *name, IrqSink *sink)
{
    if (g_ascii_isdigit(*name)) {
        char *end;
        uint64_t n = g_ascii_strtoull(name, &end, 10);
        return !*end && n <= UINT32_MAX && device_input(dev, n, sink);
    }
    for (unsigned i = 0; i < dev->n_pins; i++) {
        DevicePin *pin = &dev->pins[i];
        unsigned index;
        if (parse_pin(name, pin->def->name, pin->def->count, &index)) {
            *sink = (IrqSink){ pin_changed, pin, index };
            return true;
        }
    }
    return false;
}
