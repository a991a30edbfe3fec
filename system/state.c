/* SPDX-License-Identifier: MIT */
/*
 * State: what a device's tables say must survive, for reset, snapshot and dump.
 *
 * All three walk the same list of cells, made from the register rows with a field, the state rows,
 * the RAM windows and the levels of the outputs.  A snapshot of a device is a list of
 *     name length (1 byte), name, data length (4 bytes), data
 * ended by an empty name; numbers are little-endian, cells are found by name.
 */
#include "system/device_internal.h"

typedef struct Cell {
    char      name[64];
    StateKind kind;
    uint8_t  *data;             /* elements, one after the other; or the Fifo8, Timer or bytes */
    uint32_t  elem;             /* bytes of an element */
    uint64_t  n;                /* elements */
    uint64_t  reset;
    bool      keep;
} Cell;

static unsigned kind_size(StateKind kind)
{
    static const uint8_t sizes[] = {
        [STATE_KIND_U8] = 1, [STATE_KIND_U16] = 2, [STATE_KIND_U32] = 4, [STATE_KIND_U64] = 8,
        [STATE_KIND_BOOL] = 1, [STATE_KIND_FIFO8] = sizeof(Fifo8),
        [STATE_KIND_TIMER] = sizeof(Timer), [STATE_KIND_BYTES] = 1,
    };
    return sizes[kind];
}

static StateKind kind_of_size(unsigned size)
{
    return size == 1 ? STATE_KIND_U8 : size == 2 ? STATE_KIND_U16
         : size == 4 ? STATE_KIND_U32 : STATE_KIND_U64;
}

/* A field shown by several registers counts for the first only. */
static bool seen_before(const WindowDef *first, const WindowDef *w, const RegDef *r)
{
    for (const WindowDef *v = first; v <= w; v++) {
        for (unsigned i = 0; i < v->n_regs && &v->regs[i] != r; i++) {
            if (v->regs[i].field_size && v->regs[i].field == r->field) {
                return true;
            }
        }
    }
    return false;
}

static void add_registers(GArray *cells, Device *dev, const WindowDef *w)
{
    for (unsigned i = 0; i < w->n_regs; i++) {
        const RegDef *r = &w->regs[i];
        if (!r->field_size || seen_before(dev->class->regs, w, r)) {
            continue;
        }
        Cell c = { .data = device_field(dev, r->field), .n = reg_count(r), .reset = r->reset };
        c.elem = r->field_size / c.n;
        c.kind = kind_of_size(c.elem);
        g_snprintf(c.name, sizeof(c.name), "%s.%s", w->name, r->name);
        g_array_append_val(cells, c);
    }
}

static void add_row(GArray *cells, Device *dev, const StateDef *d)
{
    Cell c = { .kind = d->kind, .data = device_field(dev, d->offset), .elem = kind_size(d->kind),
               .reset = d->reset, .keep = d->keep };
    c.n = d->size / c.elem;
    if (d->kind == STATE_KIND_BYTES) {
        c.data = *(uint8_t **)(void *)c.data;
        c.n = c.data ? *(uint64_t *)device_field(dev, d->len_offset) : 0;
    }
    g_strlcpy(c.name, d->name, sizeof(c.name));
    g_array_append_val(cells, c);
}

static GArray *cells_of(Device *dev)
{
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    for (const WindowDef *w = dev->class->regs; w && w->name; w++) {
        add_registers(cells, dev, w);
    }
    for (const StateDef *d = dev->class->state; d && d->name; d++) {
        add_row(cells, dev, d);
    }
    for (unsigned i = 0; i < dev->n_windows; i++) {
        DeviceWindow *w = &dev->windows[i];
        if (w->def->ram) {
            Cell c = { .kind = STATE_KIND_BYTES, .data = w->region.ram->host, .elem = 1,
                       .n = w->def->size, .keep = true };
            g_snprintf(c.name, sizeof(c.name), "%s.ram", w->def->name);
            g_array_append_val(cells, c);
        }
    }
    return cells;
}

#define FOR_EACH_CELL(c, cells) \
    for (Cell *c = (Cell *)(void *)(cells)->data, *end_ = c + (cells)->len; c < end_; c++)

static void *element(const Cell *c, uint64_t i)
{
    return c->data + i * c->elem;
}

/* --- Life ------------------------------------------------------------------------------------- */

void device_state_make(Device *dev)
{
    for (const StateDef *d = dev->class->state; d && d->name; d++) {
        if (d->kind == STATE_KIND_FIFO8 && d->depth) {
            fifo8_init(device_field(dev, d->offset), d->depth);
        }
    }
}

void device_state_free(Device *dev)
{
    g_autoptr(GArray) cells = cells_of(dev);
    FOR_EACH_CELL(c, cells) {
        for (uint64_t i = 0; i < c->n; i++) {
            if (c->kind == STATE_KIND_TIMER) {
                timer_cancel(element(c, i));
            } else if (c->kind == STATE_KIND_FIFO8) {
                fifo8_free(element(c, i));
            } else {
                break;
            }
        }
    }
}

/* --- Reset ------------------------------------------------------------------------------------ */

static void reset_cell(Cell *c)
{
    if (c->kind == STATE_KIND_BYTES) {
        memset(c->data, c->reset, c->n);
        return;
    }
    for (uint64_t i = 0; i < c->n; i++) {
        if (c->kind == STATE_KIND_FIFO8) {
            fifo8_reset(element(c, i));
        } else if (c->kind == STATE_KIND_TIMER) {
            timer_cancel(element(c, i));
        } else {
            st_endian(element(c, i), c->reset, c->elem, HOST_ENDIAN);
        }
    }
}

void device_reset_state(Device *dev)
{
    g_autoptr(GArray) cells = cells_of(dev);
    FOR_EACH_CELL(c, cells) {
        if (!c->keep) {
            reset_cell(c);
        }
    }
    for (unsigned i = 0, n = device_n_irqs(dev); i < n; i++) {
        device_irq(dev, i)->level = 0;
    }
}

void device_reset_finish(Device *dev)
{
    if (dev->class->reset) {
        dev->class->reset(dev);
    }
}

void device_reset(Device *dev)
{
    unsigned n = device_n_irqs(dev);
    g_autofree uint8_t *was = g_new0(uint8_t, n + 1);
    for (unsigned i = 0; i < n; i++) {
        was[i] = device_irq(dev, i)->level;
    }
    device_reset_state(dev);
    device_reset_finish(dev);
    for (unsigned i = 0; i < n; i++) {
        IrqLine *line = device_irq(dev, i);
        if (was[i] && !line->level) {
            irq_propagate(line);
        }
    }
}

/* --- Save ------------------------------------------------------------------------------------- */

static void put(GByteArray *out, uint64_t v, unsigned size)
{
    uint8_t bytes[8];
    st_le64(bytes, v);
    g_byte_array_append(out, bytes, size);
}

enum { BYTES_PAGE = 4096 };

static bool is_zero(const uint8_t *p, uint64_t len)
{
    return len == 0 || (p[0] == 0 && memcmp(p, p + 1, len - 1) == 0);
}

static void save_element(const Cell *c, uint64_t i, GByteArray *out)
{
    if (c->kind == STATE_KIND_FIFO8) {
        Fifo8 f = *(Fifo8 *)element(c, i);
        put(out, f.depth, 4);
        put(out, f.num, 4);
        while (f.num) {
            put(out, fifo8_pop(&f), 1);
        }
    } else if (c->kind == STATE_KIND_TIMER) {
        Timer *t = element(c, i);
        put(out, timer_pending(t), 1);
        put(out, t->deadline, 8);
    } else {
        put(out, ld_endian(element(c, i), c->elem, HOST_ENDIAN), c->elem);
    }
}

static void save_row(GByteArray *out, const char *name, const GByteArray *data)
{
    put(out, strlen(name), 1);
    g_byte_array_append(out, (const uint8_t *)name, strlen(name));
    put(out, data->len, 4);
    g_byte_array_append(out, data->data, data->len);
}

/* A page at a time: one byte, 0 for a page of zeros (nothing follows) or 1 and the page. */
static void save_bytes(const Cell *c, GByteArray *out)
{
    for (uint64_t at = 0; at < c->n; at += BYTES_PAGE) {
        uint64_t len = MIN(c->n - at, BYTES_PAGE);
        bool zero = is_zero(c->data + at, len);
        put(out, !zero, 1);
        if (!zero) {
            g_byte_array_append(out, c->data + at, len);
        }
    }
}

static void save_cell(const Cell *c, GByteArray *out)
{
    g_autoptr(GByteArray) data = g_byte_array_new();
    if (c->kind == STATE_KIND_BYTES) {
        save_bytes(c, data);
    } else {
        for (uint64_t i = 0; i < c->n; i++) {
            save_element(c, i, data);
        }
    }
    save_row(out, c->name, data);
}

void device_save(Device *dev, GByteArray *out)
{
    if (dev->class->saving) {
        dev->class->saving(dev);
    }
    g_autoptr(GArray) cells = cells_of(dev);
    FOR_EACH_CELL(c, cells) {
        save_cell(c, out);
    }
    g_autoptr(GByteArray) levels = g_byte_array_new();
    for (unsigned i = 0, n = device_n_irqs(dev); i < n; i++) {
        put(levels, device_irq(dev, i)->level, 1);
    }
    save_row(out, "(lines)", levels);
    put(out, 0, 1);
}

/* --- Load ------------------------------------------------------------------------------------- */

/* A snapshot is a file like any other: nothing in it is believed. */
typedef struct Reader {
    const uint8_t *p;
    size_t         len;
    bool           bad;
} Reader;

static const uint8_t *take(Reader *r, size_t n)
{
    if (n > r->len) {
        r->bad = true;
        r->len = 0;
        return NULL;
    }
    r->p += n;
    r->len -= n;
    return r->p - n;
}

static uint64_t get(Reader *r, unsigned size)
{
    uint8_t bytes[8] = { 0 };
    const uint8_t *p = take(r, size);
    if (p) {
        memcpy(bytes, p, size);
    }
    return ld_le64(bytes);
}

static void load_fifo(Fifo8 *f, Reader *r)
{
    uint64_t depth = get(r, 4), num = get(r, 4);
    if (depth == 0 || depth > f->size || num > depth) {
        r->bad = true;
        return;
    }
    fifo8_reset(f);
    f->depth = depth;
    while (num-- && !r->bad) {
        fifo8_push(f, get(r, 1));
    }
}

static void load_timer(Timer *t, Reader *r)
{
    bool pending = get(r, 1);
    int64_t deadline = get(r, 8);
    if (pending && !t->cb) {
        r->bad = true;
    } else if (pending) {
        timer_set(t, deadline);
    } else {
        timer_cancel(t);
        t->deadline = deadline;
    }
}

/* Pages that are zero already are not touched: they may cost no memory. */
static void load_bytes(Cell *c, Reader *r)
{
    for (uint64_t at = 0; at < c->n && !r->bad; at += BYTES_PAGE) {
        uint64_t len = MIN(c->n - at, BYTES_PAGE);
        const uint8_t *p = get(r, 1) ? take(r, len) : NULL;
        if (p) {
            memcpy(c->data + at, p, len);
        } else if (!is_zero(c->data + at, len)) {
            memset(c->data + at, 0, len);
        }
    }
}

static void load_cell(Cell *c, Reader *r)
{
    if (c->kind == STATE_KIND_BYTES) {
        load_bytes(c, r);
        return;
    }
    for (uint64_t i = 0; i < c->n && !r->bad; i++) {
        if (c->kind == STATE_KIND_FIFO8) {
            load_fifo(element(c, i), r);
        } else if (c->kind == STATE_KIND_TIMER) {
            load_timer(element(c, i), r);
        } else {
            uint64_t v = get(r, c->elem);
            v = c->kind == STATE_KIND_BOOL ? v != 0 : v;
            st_endian(element(c, i), v, c->elem, HOST_ENDIAN);
        }
    }
}

static Cell *find_cell(GArray *cells, const char *name)
{
    FOR_EACH_CELL(c, cells) {
        if (strcmp(c->name, name) == 0) {
            return c;
        }
    }
    return NULL;
}

static void load_lines(Device *dev, Reader *r)
{
    for (unsigned i = 0, n = device_n_irqs(dev); i < n; i++) {
        device_irq(dev, i)->level = get(r, 1) != 0;
    }
}

static bool load_row(Device *dev, GArray *cells, const char *name, Reader *row, GError **err)
{
    Cell *c = find_cell(cells, name);
    if (c) {
        load_cell(c, row);
        c->name[0] = 0;                 /* it has its value */
    } else if (strcmp(name, "(lines)") == 0) {
        load_lines(dev, row);
    } else {
        return fail(err, EMU_ERROR_DATA, "snapshot: '%s' (%s) has no '%s'", dev->id,
                    dev->class->name, name);
    }
    if (row->bad || row->len) {
        return fail(err, EMU_ERROR_DATA, "snapshot: '%s' of '%s' (%s) does not fit", name, dev->id,
                    dev->class->name);
    }
    return true;
}

bool device_load(Device *dev, const uint8_t **data, size_t *len, GError **err)
{
    g_autoptr(GArray) cells = cells_of(dev);
    Reader r = { *data, *len, false };
    size_t name_len;
    while ((name_len = get(&r, 1)) > 0) {
        char name[256] = { 0 };
        const uint8_t *p = take(&r, name_len);
        if (p) {
            memcpy(name, p, name_len);
        }
        Reader row = { .len = get(&r, 4) };
        row.p = take(&r, row.len);
        if (r.bad) {
            break;
        }
        if (!load_row(dev, cells, name, &row, err)) {
            return false;
        }
    }
    if (r.bad) {
        return fail(err, EMU_ERROR_DATA, "snapshot: '%s' is cut short", dev->id);
    }
    FOR_EACH_CELL(c, cells) {
        if (c->name[0]) {
            return fail(err, EMU_ERROR_DATA, "snapshot: '%s' of '%s' is missing", c->name, dev->id);
        }
    }
    *data = r.p;
    *len = r.len;
    return !dev->class->loaded || dev->class->loaded(dev, err);
}

/* --- Dump ------------------------------------------------------------------------------------- */

static void dump_element(const Cell *c, uint64_t i, GString *out)
{
    if (c->kind == STATE_KIND_FIFO8) {
        const Fifo8 *f = element(c, i);
        g_string_append_printf(out, " %u of %u", f->num, f->depth);
    } else if (c->kind == STATE_KIND_TIMER) {
        Timer *t = element(c, i);
        if (timer_pending(t)) {
            g_string_append_printf(out, " at %" PRId64 " ns", t->deadline);
        } else {
            g_string_append(out, " off");
        }
    } else {
        uint64_t v = ld_endian(element(c, i), c->elem, HOST_ENDIAN);
        g_string_append_printf(out, " %0*" PRIx64, c->kind == STATE_KIND_BOOL ? 1 : 2 * c->elem, v);
    }
}

void device_dump(Device *dev, GString *out)
{
    enum { MOST_ELEMENTS = 64 };
    g_autoptr(GArray) cells = cells_of(dev);
    g_string_append_printf(out, "%s (%s)\n", dev->id, dev->class->name);
    FOR_EACH_CELL(c, cells) {
        g_string_append_printf(out, "  %-20s", c->name);
        if (c->kind == STATE_KIND_BYTES) {
            g_string_append_printf(out, " %" PRIu64 " bytes", c->n);
        } else {
            for (uint64_t i = 0; i < MIN(c->n, MOST_ELEMENTS); i++) {
                dump_element(c, i, out);
            }
        }
        g_string_append(out, c->n > MOST_ELEMENTS && c->kind != STATE_KIND_BYTES ? " ...\n" : "\n");
    }
    for (unsigned i = 0, n = device_n_irqs(dev); i < n; i++) {
        g_string_append_printf(out, "  line %-15u %d\n", i, irq_level(device_irq(dev, i)));
    }
    if (dev->class->dump) {
        dev->class->dump(dev, out);
    }
}
