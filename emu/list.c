/* SPDX-License-Identifier: MIT */
/* Machines, processors and devices as text for people and as JSON for programs. */
#include "emu/list.h"

#include <stdio.h>
#include <string.h>
#include "emu/chardev.h"
#include "emu/displays.h"
#include "emu/plug.h"
#include "emu/registry.h"
#include "system/device.h"
#include "system/error.h"
#include "system/log.h"
#include "system/machine.h"

/* One entry: a name, a description, and up to a few more facts. */
typedef struct Printer {
    bool     json;
    unsigned n;
} Printer;

static void json_string(const char *s)
{
    putchar('"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') {
            putchar('\\');
        }
        if ((unsigned char)*s < 0x20) {
            printf("\\u%04x", *s);
        } else {
            putchar(*s);
        }
    }
    putchar('"');
}

static void json_member(const char *key, const char *value)
{
    printf(", \"%s\": ", key);
    if (value) {
        json_string(value);
    } else {
        printf("null");
    }
}

static void entry(Printer *p, const char *name, const char *about)
{
    if (p->json) {
        printf("%s\n  {\"name\": ", p->n++ ? "," : "[");
        json_string(name);
        json_member("about", about ? about : "");
    } else {
        printf("%-18s %s", name, about ? about : "");
    }
}

static void entry_end(Printer *p)
{
    printf(p->json ? "}" : "\n");
}

static void list_end(Printer *p)
{
    if (p->json) {
        printf("%s]\n", p->n ? "\n" : "[");
    }
}

static void list_machines(bool json)
{
    Printer p = { json, 0 };
    const MachineClass *const *classes;
    unsigned n = machine_classes(&classes);
    for (unsigned i = 0; i < n; i++) {
        const MachineClass *c = classes[i];
        entry(&p, c->name, c->about);
        if (json) {
            json_member("alias", c->alias);
            json_member("cpu", c->cpu);
            printf(", \"max_cpus\": %u", c->max_cpus ? c->max_cpus : 1);
        } else if (c->alias) {
            printf(" (also '%s')", c->alias);
        }
        entry_end(&p);
    }
    list_end(&p);
}

static bool board_takes(const MachineClass *class, const char *model)
{
    if (!class || !class->cpus) {
        return !class || registry_isa_of_model(class->cpu) == registry_isa_of_model(model);
    }
    for (unsigned k = 0; class->cpus[k]; k++) {
        if (!strcmp(class->cpus[k], model)) {
            return true;
        }
    }
    return false;
}

static void list_cpus(const MachineClass *class, bool json)
{
    Printer p = { json, 0 };
    const GuestIsa *const *isas = registry_isas();
    for (unsigned i = 0; isas[i]; i++) {
        const char *name;
        for (unsigned n = 0; (name = isas[i]->model_name(n)); n++) {
            if (!board_takes(class, name)) {
                continue;
            }
            entry(&p, name, isas[i]->model_about(n));
            if (json) {
                json_member("isa", isas[i]->name);
            }
            entry_end(&p);
        }
    }
    list_end(&p);
}

static void list_devices(bool json)
{
    Printer p = { json, 0 };
    const DeviceClass *const *classes;
    unsigned n = device_classes(&classes);
    for (unsigned i = 0; i < n; i++) {
        entry(&p, classes[i]->name, classes[i]->about);
        entry_end(&p);
    }
    const char *name, *about;
    for (unsigned i = 0; (name = plug_combined(i, &about)); i++) {
        entry(&p, name, about);
        entry_end(&p);
    }
    list_end(&p);
}

int list_command(int argc, char **argv)
{
    static const char *const what[] = { "machines", "cpus", "devices", NULL };
    bool json = argc == 3 && !strcmp(argv[2], "--json");
    if (argc < 2 || argc > 3 || (argc == 3 && !json)) {
        fprintf(stderr, "emu: usage: emu list machines|cpus|devices [--json]\n");
        return EMU_ERROR_USAGE;
    }
    if (!strcmp(argv[1], "machines")) {
        list_machines(json);
    } else if (!strcmp(argv[1], "cpus")) {
        list_cpus(NULL, json);
    } else if (!strcmp(argv[1], "devices")) {
        list_devices(json);
    } else {
        g_autoptr(GError) err = NULL;
        fail_unknown(&err, "list", argv[1], what);
        fprintf(stderr, "emu: %s (there are: machines, cpus, devices)\n", err->message);
        return EMU_ERROR_USAGE;
    }
    return 0;
}

/* ---- 'help' as an argument ---- */

static bool is_help(const char *s)
{
    return s && (!strcmp(s, "help") || !strcmp(s, "?"));
}

static bool any_help(const GPtrArray *list)
{
    for (unsigned i = 0; list && i < list->len; i++) {
        if (is_help(list->pdata[i])) {
            return true;
        }
    }
    return false;
}

static bool cpu_help(const Options *o, GError **err)
{
    const MachineClass *class = NULL;
    if (o->machine && !is_help(o->machine)) {
        g_auto(GStrv) parts = g_strsplit(o->machine, ",", 2);
        class = machine_class_find(parts[0] ? parts[0] : "", err);
        if (!class) {
            return false;
        }
    }
    list_cpus(class, false);
    return true;
}

bool list_asked(const Options *o, GError **err)
{
    if (is_help(o->machine)) {
        list_machines(false);
    } else if (is_help(o->cpu)) {
        return cpu_help(o, err);
    } else if (any_help(o->device)) {
        list_devices(false);
    } else if (any_help(o->log)) {
        log_help(stdout);
    } else if (any_help(o->chardev) || any_help(o->serial) || is_help(o->monitor)) {
        chardev_help();
    } else if (is_help(o->accel)) {
        printf("jit                host code is made for guest code (also called 'tcg')\n"
               "interp             the same IR, run step by step: slow, on any host\n");
    } else if (is_help(o->display)) {
        displays_help();
    } else {
        return false;
    }
    return true;
}
