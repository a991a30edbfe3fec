/* SPDX-License-Identifier: MIT */
/*
 * Interrupt lines, and any other single wire between chips.
 *
 * A device owns its outputs (IrqLine, a field of its struct) and names its inputs in a table
 * (system/device.h).  A machine joins them.  A line remembers its level and calls its sinks only
 * when the level changes, so that irq_set() may be called as often as is convenient.
 *
 *     irq_set(&s->irq, s->ris & s->imsc);
 *
 * All of it runs under the machine lock.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* An input: n tells which of several alike, level is 0 or 1. */
typedef void (*IrqHandler)(void *opaque, int n, int level);

/* Where a line ends. */
typedef struct IrqSink {
    IrqHandler handler;
    void      *opaque;
    int        n;
} IrqSink;

/* An output.  All zero is a valid line, low and not connected. */
typedef struct IrqLine {
    IrqSink  *sinks;
    uint16_t  n_sinks;
    uint8_t   level;
} IrqLine;

/* Adds a sink; a line that is high tells it so at once. */
void irq_connect(IrqLine *line, IrqSink sink);
/* Forgets all sinks. */
void irq_disconnect(IrqLine *line);

/*
 * Several outputs wired together to one input, which is high while any of them is.  A join looks at
 * their levels and has none of its own, so that there is nothing to reset or to save.  The input may
 * be told the level that it has.
 */
typedef struct IrqJoin {
    IrqSink   sink;
    IrqLine **lines;
    unsigned  n_lines;
} IrqJoin;

/* One more output. */
void irq_join(IrqJoin *join, IrqLine *line);
/* Frees the join's table; the lines must never change again. */
void irq_join_clear(IrqJoin *join);

/* The slow half of irq_set(): the level has changed. */
void irq_propagate(IrqLine *line);

/* Any value but zero is high: `irq_set(&s->irq, s->ris & s->imsc)`. */
static inline void irq_set(IrqLine *line, uint32_t level)
{
    uint8_t now = level != 0;
    if (line->level != now) {
        line->level = now;
        irq_propagate(line);
    }
}

static inline bool irq_level(const IrqLine *line)
{
    return line->level;
}

static inline void irq_raise(IrqLine *line)
{
    irq_set(line, 1);
}

static inline void irq_lower(IrqLine *line)
{
    irq_set(line, 0);
}

/* High and low again: for edge-triggered inputs. */
static inline void irq_pulse(IrqLine *line)
{
    irq_set(line, 1);
    irq_set(line, 0);
}
