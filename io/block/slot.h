/* SPDX-License-Identifier: MIT */
/*
 * Drives whose medium comes and goes: CD-ROM and floppy.
 *
 * What a PROP_DRIVE gives such a device is a handle, a Block that never changes; the device asks for
 * its slot in realize and looks at slot->medium whenever it needs the image.  A Block that is no
 * handle is a slot with itself as the medium.
 *
 *     s->slot = block_slot(s->block);
 *     ...
 *     if (s->slot->changes != s->seen) ...        another medium, or none
 */
#pragma once
#include "io/block/block.h"

typedef struct BlockSlot {
    Block   *handle;
    Block   *medium;                    /* NULL: empty.  What is in an open tray is not seen */
    Block   *in_tray;                   /* of an open one */
    uint32_t changes;                   /* goes up with each medium that comes or goes */
    bool     open;
    bool     locked;                    /* by the guest */
    bool     asked;                     /* the user pressed the button of a locked one */
} BlockSlot;

/* A handle, empty or with a medium.  Is one? */
Block *block_handle(Block *medium);
bool block_is_handle(const Block *b);
/* Never NULL: without a handle an empty slot that nothing will ever come into. */
BlockSlot *block_slot(Block *handle);
/* From unrealize: forgets a slot that block_slot() has made for want of a handle. */
void block_slot_release(BlockSlot *s);

/* The guest's door: false when it stays as it is, being locked. */
bool block_slot_set_open(BlockSlot *s, bool open);
/* The user's hand.  Insert closes the tray and what was there before; eject without force fails for a
 * locked one, and the guest is told. */
void block_slot_insert(BlockSlot *s, Block *medium);
bool block_slot_eject(BlockSlot *s, bool force, GError **err);
void block_slot_close_all(void);
