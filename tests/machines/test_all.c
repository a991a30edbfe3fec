/* SPDX-License-Identifier: MIT */
/*
 * What must hold for every board of machines/machines.def: its tables name types, inputs and
 * properties that exist; it takes random accesses to all of its map and ports; a reset brings it back to
 * where it began.  Boards stand without loaders and with CPUs that only remember.
 */
#include "system/lock.h"
#include "system/log.h"
#include "tests/machines/fake_cpu.h"

#define DEVICE(name) extern const DeviceClass name;
#include "hw/devices.def"
#undef DEVICE
#define MACHINE(name) extern const MachineClass name;
#include "machines/machines.def"
#undef MACHINE

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

static const MachineConfig no_wishes;

/* The class without what needs a kernel. */
static Machine *build(const MachineClass *original, MachineClass *class)
{
    GError *err = NULL;
    *class = *original;
    class->boot = NULL;
    class->reset = NULL;
    clock_init();
    clock_use_steps();
    Machine *m = machine_build(class, &no_wishes, &err);
    g_assert_no_error(err);
    machine_reset(m);
    return m;
}

static GByteArray *save_all(Machine *m)
{
    GByteArray *all = g_byte_array_new();
    for (unsigned i = 0; i < m->devices->len; i++) {
        device_save(g_ptr_array_index(m->devices, i), all);
    }
    return all;
}

static void load_all(Machine *m, const GByteArray *all)
{
    const uint8_t *p = all->data;
    size_t len = all->len;
    for (unsigned i = 0; i < m->devices->len; i++) {
        GError *err = NULL;
        device_load(g_ptr_array_index(m->devices, i), &p, &len, &err);
        g_assert_no_error(err);
    }
    g_assert_cmpuint(len, ==, 0);
}

static void builds_and_prints(const void *opaque)
{
    MachineClass class;
    Machine *m = build(opaque, &class);
    GString *map = g_string_new("");
    machine_print_map(m, map);
    for (unsigned i = 0; i < class.n_parts; i++) {
        if (!class.parts[i].on_request) {
            g_assert_nonnull(strstr(map->str, class.parts[i].id));
        }
    }
    g_string_free(map, TRUE);
    machine_free(m);
}

/* One access somewhere in the first 64 KiB of some device of the map. */
static void poke(Machine *m)
{
    GPa gpa = (GPa)(uint32_t)g_test_rand_int();
    const FlatRange *r = address_space_lookup(&m->as, gpa);
    unsigned size = 1u << g_test_rand_int_range(0, 3);
    if (!r || r->host) {
        Device *dev = g_ptr_array_index(m->devices, g_test_rand_int_range(0, m->devices->len));
        MemoryRegion *mr = device_region(dev, 0);
        if (!mr || mr->parent != &m->root) {
            return;
        }
        gpa = mr->addr + g_test_rand_int_range(0, MIN(mr->size, 0x10000));
    }
    gpa &= ~(GPa)(size - 1);
    if (g_test_rand_bit()) {
        address_space_st(&m->as, gpa, (uint32_t)g_test_rand_int(), size, ENDIAN_LITTLE, NULL);
    } else {
        address_space_ld(&m->as, gpa, size, ENDIAN_LITTLE, NULL);
    }
}

/* And somewhere in port space, on boards that have one. */
static void poke_port(Machine *m)
{
    GPa port = g_test_rand_int_range(0, m->io_root.children ? 0x1000 : 0x10000);
    unsigned size = 1u << g_test_rand_int_range(0, 3);
    if (g_test_rand_bit()) {
        address_space_st(&m->io, port, (uint32_t)g_test_rand_int(), size, ENDIAN_LITTLE, NULL);
    } else {
        address_space_ld(&m->io, port, size, ENDIAN_LITTLE, NULL);
    }
}

static void survives_random_accesses(const void *opaque)
{
    MachineClass class;
    Machine *m = build(opaque, &class);
    for (unsigned round = 0; round < 20; round++) {
        for (unsigned i = 0; i < 500; i++) {
            poke(m);
            poke_port(m);
            if (i % 10 == 0) {
                clock_step(g_test_rand_int_range(0, 1000000));
            }
        }
        g_autoptr(GByteArray) before = save_all(m);
        machine_reset(m);
        load_all(m, before);
        g_autoptr(GByteArray) after = save_all(m);
        g_assert_cmpmem(before->data, before->len, after->data, after->len);
    }
    machine_free(m);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    machine_lock();
    device_registry_set(devices, ARRAY_SIZE(devices));
    machine_set_hooks(&fake_hooks);
    for (unsigned i = 0; i < ARRAY_SIZE(machines); i++) {
        const char *name = machines[i]->name;
        g_autofree char *prints = g_strdup_printf("/machines/%s/builds_and_prints", name);
        g_autofree char *pokes = g_strdup_printf("/machines/%s/survives_random_accesses", name);
        g_test_add_data_func(prints, machines[i], builds_and_prints);
        g_test_add_data_func(pokes, machines[i], survives_random_accesses);
    }
    return g_test_run();
}
