/* SPDX-License-Identifier: MIT */
/*
 * Interrupt lines: the slow half.
 */
#include "system/irq.h"
#include <glib.h>

void irq_connect(IrqLine *line, IrqSink sink)
{
    g_assert(line->n_sinks < UINT16_MAX);
    line->sinks = g_renew(IrqSink, line->sinks, line->n_sinks + 1);
    line->sinks[line->n_sinks++] = sink;
    if (line->level) {
        sink.handler(sink.opaque, sink.n, 1);
    }
}

void irq_disconnect(IrqLine *line)
{
    g_free(line->sinks);
    line->sinks = NULL;
    line->n_sinks = 0;
}

/* A sink may change the line again: the rest of this round then tells the newer level, and the
 * round made by that change has told it to all. */
void irq_propagate(IrqLine *line)
{
    for (unsigned i = 0; i < line->n_sinks; i++) {
        IrqSink *s = &line->sinks[i];
        s->handler(s->opaque, s->n, line->level);
    }
}

static void joined_line_changed(void *opaque, int n, int level)
{
    const IrqJoin *join = opaque;
    bool high = false;
    for (unsigned i = 0; i < join->n_lines; i++) {
        high |= irq_level(join->lines[i]);
    }
    join->sink.handler(join->sink.opaque, join->sink.n, high);
}

void irq_join(IrqJoin *join, IrqLine *line)
{
    join->lines = g_renew(IrqLine *, join->lines, join->n_lines + 1);
    join->lines[join->n_lines++] = line;
    irq_connect(line, (IrqSink){ joined_line_changed, join, 0 });
}

void irq_join_clear(IrqJoin *join)
{
    g_free(join->lines);
    *join = (IrqJoin){ 0 };
}
