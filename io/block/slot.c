/* SPDX-License-Identifier: MIT */
/* Slots for removable media: a list of handles, each a memory image of no bytes. */
#include "io/block/slot.h"
#include "system/error.h"

static GSList *slots;                   /* BlockSlot * */

static BlockSlot *find(const Block *handle)
{
    for (GSList *i = slots; i; i = i->next) {
        BlockSlot *s = i->data;
        if (s->handle == handle) {
            return s;
        }
    }
    return NULL;
}

static BlockSlot *add(Block *handle, Block *medium)
{
    BlockSlot *s = g_new0(BlockSlot, 1);
    s->handle = handle;
    s->medium = medium;
    slots = g_slist_prepend(slots, s);
    return s;
}

Block *block_handle(Block *medium)
{
    return add(block_memory(0), medium)->handle;
}

bool block_is_handle(const Block *b)
{
    const BlockSlot *s = b ? find(b) : NULL;
    return s && s->medium != b;
}

BlockSlot *block_slot(Block *handle)
{
    BlockSlot *s = handle ? find(handle) : NULL;
    return s ? s : add(handle, handle);
}

void block_slot_release(BlockSlot *s)
{
    if (s && (!s->handle || s->handle == s->medium || s->handle == s->in_tray)) {
        slots = g_slist_remove(slots, s);
        g_free(s);
    }
}

bool block_slot_set_open(BlockSlot *s, bool open)
{
    if (open == s->open || (open && s->locked)) {
        return open == s->open;
    }
    s->open = open;
    if (open) {
        s->in_tray = s->medium;
        s->medium = NULL;
    } else {
        s->medium = s->in_tray;
        s->in_tray = NULL;
    }
    s->asked = false;
    s->changes++;
    return true;
}

void block_slot_insert(BlockSlot *s, Block *medium)
{
    block_close(s->medium);
    block_close(s->in_tray);
    s->medium = medium;
    s->in_tray = NULL;
    s->open = s->asked = false;
    s->changes++;
}

bool block_slot_eject(BlockSlot *s, bool force, GError **err)
{
    if (s->locked && !force) {
        s->asked = true;
        return fail(err, EMU_ERROR_USAGE, "the guest has locked the door; it has been told");
    }
    block_slot_insert(s, NULL);
    s->open = true;
    return true;
}

void block_slot_close_all(void)
{
    g_slist_free_full(g_steal_pointer(&slots), g_free);
}
