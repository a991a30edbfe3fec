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
