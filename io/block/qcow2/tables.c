/* SPDX-License-Identifier: MIT */
/* Tables of a qcow2 image in memory, and the order in which they reach the disk (see qcow2.h). */
#include "io/block/qcow2/qcow2.h"
#include <errno.h>

enum { SECTOR = 512, SECTOR_ENTRIES = SECTOR / 8 };

/* --- The caches ------------------------------------------------------------------------------- */

void q_cache_init(TableCache *c, unsigned most, bool (*clean)(Qcow2 *s))
{
    *c = (TableCache){ .by_off = g_hash_table_new(NULL, NULL), .most = most, .clean = clean };
}

static void unlink_table(TableCache *c, Table *t)
{
    *(t->newer ? &t->newer->older : &c->newest) = t->older;
    *(t->older ? &t->older->newer : &c->oldest) = t->newer;
    t->newer = t->older = NULL;
}

static void link_newest(TableCache *c, Table *t)
{
    t->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = t;
    c->newest = t;
}

static void drop_table(TableCache *c, Table *t)
{
    unlink_table(c, t);
    g_hash_table_remove(c->by_off, GSIZE_TO_POINTER(t->off));
    c->n--;
    c->n_dirty -= t->dirty;
    c->n_fresh -= t->fresh;
    g_free(t->data);
    g_free(t);
}

void q_cache_free(TableCache *c)
{
    while (c->newest) {
        drop_table(c, c->newest);
    }
    g_clear_pointer(&c->by_off, g_hash_table_destroy);
}

static bool make_room(Qcow2 *s, TableCache *c)
{
    if (c->n < c->most) {
        return true;
    }
    if ((c->oldest->dirty || c->oldest->fresh) && !c->clean(s)) {
        return false;
    }
    if (c->n >= c->most) {
        drop_table(c, c->oldest);
    }
    return true;
}

Table *q_table(Qcow2 *s, TableCache *c, uint64_t off, bool make)
{
    Table *t = g_hash_table_lookup(c->by_off, GSIZE_TO_POINTER(off));
    if (t) {
        if (t != c->newest) {
            unlink_table(c, t);
            link_newest(c, t);
        }
        if (make) {
            memset(t->data, 0, s->cluster);
        }
        return t;
    }
    if (!make_room(s, c)) {
        return NULL;
    }
    t = g_new0(Table, 1);
    t->off = off;
    t->data = make ? g_malloc0(s->cluster) : g_malloc(s->cluster);
    if (!make && !hostfile_read(s->file, off, t->data, s->cluster)) {
        g_free(t->data);
        g_free(t);
        return NULL;
    }
    g_hash_table_insert(c->by_off, GSIZE_TO_POINTER(off), t);
    link_newest(c, t);
    c->n++;
    return t;
}

void q_table_dirty(TableCache *c, Table *t)
{
    c->n_dirty += !t->dirty;
    t->dirty = true;
}

void q_table_forget(TableCache *c, uint64_t off)
{
    Table *t = g_hash_table_lookup(c->by_off, GSIZE_TO_POINTER(off));
    if (t) {
        drop_table(c, t);
    }
}

/* --- Writing ---------------------------------------------------------------------------------- */

static bool write_table(Qcow2 *s, TableCache *c, Table *t)
{
    if (!hostfile_write(s->file, t->off, t->data, s->cluster)) {
        return false;
    }
    t->dirty = false;
    c->n_dirty--;
    return true;
}

/* Tables used last are in front, so this ends early. */
static bool write_tables(Qcow2 *s, TableCache *c, bool only_fresh)
{
    unsigned left = only_fresh ? c->n_fresh : c->n_dirty;
    for (Table *t = c->newest; t && left; t = t->older) {
        bool counted = only_fresh ? t->fresh : t->dirty;
        if (counted && t->dirty && !write_table(s, c, t)) {
            return false;
        }
        left -= counted;
    }
    return true;
}

static void none_fresh(TableCache *c)
{
    for (Table *t = c->newest; t && c->n_fresh; t = t->older) {
        c->n_fresh -= t->fresh;
        t->fresh = false;
    }
}

bool q_read_array(Qcow2 *s, uint64_t off, uint64_t *to, uint64_t n)
{
    if (!hostfile_read(s->file, off, to, n * 8)) {
        return false;
    }
    for (uint64_t i = 0; i < n; i++) {
        to[i] = ld_be64(to + i);
    }
    return true;
}

bool q_write_array(Qcow2 *s, uint64_t off, const uint64_t *from, uint64_t n)
{
    uint64_t part[512];
    for (uint64_t done = 0; done < n; done += ARRAY_SIZE(part)) {
        uint64_t k = MIN(n - done, ARRAY_SIZE(part));
        for (uint64_t i = 0; i < k; i++) {
            st_be64(part + i, from[done + i]);
        }
        if (!hostfile_write(s->file, off + done * 8, part, k * 8)) {
            return false;
        }
    }
    return true;
}

void q_set_l1(Qcow2 *s, uint32_t i, uint64_t entry)
{
    s->l1[i] = entry;
    s->l1_dirty[i / SECTOR_ENTRIES] = 1;
    s->any_l1_dirty = true;
}

static bool write_l1(Qcow2 *s)
{
    for (uint32_t i = 0; s->any_l1_dirty && i < s->l1_size; i += SECTOR_ENTRIES) {
        if (!s->l1_dirty[i / SECTOR_ENTRIES]) {
            continue;
        }
        if (!q_write_array(s, s->l1_off + i * UINT64_C(8), s->l1 + i,
                           MIN(SECTOR_ENTRIES, s->l1_size - i))) {
            return false;
        }
        s->l1_dirty[i / SECTOR_ENTRIES] = 0;
    }
    s->any_l1_dirty = false;
    return true;
}

/* Counts may go up at any time: what is counted too high is only lost. */
bool q_write_refblocks(Qcow2 *s)
{
    return write_tables(s, &s->refblocks, false);
}

/* New blocks first. */
static bool write_reftable(Qcow2 *s)
{
    if (!s->reftable_dirty) {
        return true;
    }
    if (!q_write_array(s, s->reftable_off, s->reftable, s->reftable_size) ||
        !hostfile_sync(s->file)) {
        return false;
    }
    s->reftable_dirty = false;
    return true;
}

bool q_flush_tables(Qcow2 *s)
{
    bool pointers = s->l2.n_dirty || s->any_l1_dirty;
    if (!q_write_refblocks(s) || !write_tables(s, &s->l2, true) || !hostfile_sync(s->file) ||
        !write_reftable(s)) {
        return false;
    }
    if (pointers && (!write_tables(s, &s->l2, false) || !write_l1(s) || !hostfile_sync(s->file))) {
        return false;
    }
    none_fresh(&s->l2);
    return q_apply_frees(s);
}

bool q_flush_all(Qcow2 *s)
{
    do {
        if (!q_flush_tables(s)) {
            return false;
        }
    } while (s->frees->len || s->refblocks.n_dirty || s->l2.n_dirty || s->any_l1_dirty);
    return true;
}
