/* SPDX-License-Identifier: MIT */
/* Out of frontends/isas.def, hw/devices.def and machines/machines.def. */
#include "emu/registry.h"

#include <string.h>
#include "system/device.h"
#include "system/machine.h"

#define ISA(name) extern const GuestIsa guest_##name;
#include "frontends/isas.def"
#undef ISA
#define DEVICE(name) extern const DeviceClass name;
#include "hw/devices.def"
#undef DEVICE
#define MACHINE(name) extern const MachineClass name;
#include "machines/machines.def"
#undef MACHINE

static const GuestIsa *const isas[] = {
#define ISA(name) &guest_##name,
#include "frontends/isas.def"
#undef ISA
    NULL
};

static const DeviceClass *const devices[] = {
#define DEVICE(name) &name,
#include "hw/devices.def"
#undef DEVICE
};

static const MachineClass *const machines[] = {
#define MACHINE(name) &name,
#include "machines/machines.def"
#undef MACHINE
};

void registry_init(void)
{
    device_registry_set(devices, ARRAY_SIZE(devices));
    machine_registry_set(machines, ARRAY_SIZE(machines));
}

const GuestIsa *const *registry_isas(void)
{
    return isas;
}

/* "name" or "name,+feature,-feature" */
static bool names(const char *model, const char *name)
{
    size_t len = strcspn(model, ",");
    return strlen(name) == len && !strncmp(name, model, len);
}

const GuestIsa *registry_isa_of_model(const char *model)
{
    for (unsigned i = 0; isas[i]; i++) {
        const char *name;
        if (!strcmp(isas[i]->name, model)) {
            return isas[i];
        }
        for (unsigned n = 0; (name = isas[i]->model_name(n)); n++) {
            if (names(model, name)) {
                return isas[i];
            }
        }
    }
    return NULL;
}
