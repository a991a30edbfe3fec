/* SPDX-License-Identifier: MIT */
/*
 * A FIFO of bytes: a ring.
 */
#include "system/fifo8.h"
#include <glib.h>

void fifo8_init(Fifo8 *f, uint32_t depth)
{
    g_assert(depth > 0);
    f->data = g_malloc0(depth);
    f->size = f->depth = depth;
    fifo8_reset(f);
}

void fifo8_free(Fifo8 *f)
{
    g_clear_pointer(&f->data, g_free);
    f->size = f->depth = 0;
    fifo8_reset(f);
}

bool fifo8_push(Fifo8 *f, uint8_t byte)
{
    if (fifo8_is_full(f)) {
        return false;
    }
    f->data[(f->head + f->num++) % f->size] = byte;
    return true;
}

uint8_t fifo8_peek(const Fifo8 *f)
{
    return f->num ? f->data[f->head] : 0;
}

uint8_t fifo8_pop(Fifo8 *f)
{
    if (!f->num) {
        return 0;
    }
    uint8_t byte = f->data[f->head];
    f->head = (f->head + 1) % f->size;
    f->num--;
    return byte;
}

void fifo8_set_depth(Fifo8 *f, uint32_t depth)
{
    g_assert(depth > 0 && depth <= f->size);
    f->depth = depth;
    f->num = MIN(f->num, depth);
}
