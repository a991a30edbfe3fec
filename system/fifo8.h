/* SPDX-License-Identifier: MIT */
/*
 * A FIFO of bytes of fixed depth, as UARTs and their kind have.
 *
 * The bytes live in memory of its own, made by fifo8_init() and freed by fifo8_free(); a device
 * with a STATE_FIFO8 row needs neither when the row names the depth (device.h).
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef struct Fifo8 {
    uint8_t *data;
    uint32_t size, depth, head, num;    /* size: of data; depth: in use, at most size */
} Fifo8;

void fifo8_init(Fifo8 *f, uint32_t depth);
void fifo8_free(Fifo8 *f);

static inline void fifo8_reset(Fifo8 *f)
{
    f->head = f->num = 0;
}

static inline bool fifo8_is_empty(const Fifo8 *f)
{
    return f->num == 0;
}

static inline bool fifo8_is_full(const Fifo8 *f)
{
    return f->num >= f->depth;
}

static inline uint32_t fifo8_used(const Fifo8 *f)
{
    return f->num;
}

static inline uint32_t fifo8_room(const Fifo8 *f)
{
    return f->depth - f->num;
}

/* False, and nothing happens, when it is full. */
bool fifo8_push(Fifo8 *f, uint8_t byte);
/* 0 when it is empty. */
uint8_t fifo8_pop(Fifo8 *f);
/* The byte at the head, which stays; 0 when it is empty. */
uint8_t fifo8_peek(const Fifo8 *f);
/* Change of depth (a FIFO switched off is one byte deep); keeps the oldest bytes that fit.  Never
 * more than the depth given to fifo8_init(). */
void fifo8_set_depth(Fifo8 *f, uint32_t depth);
