/* SPDX-License-Identifier: MIT */
#include "system/firmware_files.h"

typedef struct Item {
    uint16_t key;
    char    *name;                      /* of a file, else NULL */
    GBytes  *bytes;
} Item;

static GArray *items;
static unsigned n_files;

static Item *find(uint16_t key, const char *name)
{
    for (guint i = 0; items && i < items->len; i++) {
        Item *it = &g_array_index(items, Item, i);
        if (name ? g_strcmp0(it->name, name) == 0 : it->key == key) {
            return it;
        }
    }
    return NULL;
}

static void put(uint16_t key, const char *name, GBytes *bytes)
{
    Item *old = find(key, name);
    if (old) {
        g_bytes_unref(old->bytes);
        old->bytes = g_bytes_ref(bytes);
        return;
    }
    if (!items) {
        items = g_array_new(FALSE, FALSE, sizeof(Item));
    }
    Item it = { key, g_strdup(name), g_bytes_ref(bytes) };
    g_array_append_val(items, it);
    n_files += name != NULL;
}

void firmware_add_item(uint16_t key, GBytes *bytes)
{
    put(key, NULL, bytes);
}

void firmware_add_u16(uint16_t key, uint16_t value)
{
    uint8_t le[2];
    st_le16(le, value);
    g_autoptr(GBytes) bytes = g_bytes_new(le, sizeof(le));
    put(key, NULL, bytes);
}

void firmware_add_u32(uint16_t key, uint32_t value)
{
    uint8_t le[4];
    st_le32(le, value);
    g_autoptr(GBytes) bytes = g_bytes_new(le, sizeof(le));
    put(key, NULL, bytes);
}

bool firmware_add_file(const char *name, GBytes *bytes)
{
    if (strlen(name) >= FIRMWARE_NAME_SIZE ||
        (n_files == FIRMWARE_MAX_FILES && !find(0, name))) {
        return false;
    }
    put(FIRMWARE_FIRST_FILE + n_files, name, bytes);
    return true;
}

GBytes *firmware_item(uint16_t key)
{
    Item *it = find(key, NULL);
    return it ? it->bytes : NULL;
}

const char *firmware_file_name(unsigned n)
{
    Item *it = n < n_files ? find(FIRMWARE_FIRST_FILE + n, NULL) : NULL;
    return it ? it->name : NULL;
}

void firmware_files_clear(void)
{
    for (guint i = 0; items && i < items->len; i++) {
        Item *it = &g_array_index(items, Item, i);
        g_free(it->name);
        g_bytes_unref(it->bytes);
    }
    g_clear_pointer(&items, g_array_unref);
    n_files = 0;
}

char *firmware_find(const char *name)
{
    static const char *const folders[] = { "emu", "seabios", "qemu", "firmware", "grub" };
    if (strchr(name, '/')) {
        return g_file_test(name, G_FILE_TEST_EXISTS) ? g_strdup(name) : NULL;
    }
    const char *const *dirs = g_get_system_data_dirs();
    for (; *dirs; dirs++) {
        for (unsigned i = 0; i < ARRAY_SIZE(folders); i++) {
            char *path = g_build_filename(*dirs, folders[i], name, NULL);
            if (g_file_test(path, G_FILE_TEST_EXISTS)) {
                return path;
            }
            g_free(path);
        }
    }
    return NULL;
}
