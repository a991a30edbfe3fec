/* SPDX-License-Identifier: MIT */
/*
 * The packets of the gdb remote protocol that we know, as a table.
 * Implements: Debugging with GDB, appendix E, "Packets", "General Query Packets", "vCont", and the
 * PhyMemMode and sstep queries that gdb scripts for system emulators use.
 *
 * Errors: E14 memory or a register that is not there, E22 a packet that makes no sense; an empty
 * reply for what is not known.
 */
#include "emu/gdb_internal.h"

#include <string.h>
#include "emu/monitor.h"
#include "emu/vm.h"
#include "system/machine.h"

enum { SSTEP_ENABLE = 1, SSTEP_NOIRQ = 2, SSTEP_NOTIMER = 4 };

/* What is left of a packet. */
typedef struct Args {
    const char *p, *end;
} Args;

/* ---- replies ---- */

static void ok(Gdb *g)
{
    g_string_assign(g->reply, "OK");
}

static void bad(Gdb *g)
{
    g_string_assign(g->reply, "E22");
}

static void no_such(Gdb *g)
{
    g_string_assign(g->reply, "E14");
}

/* ---- reading arguments ---- */

static bool take(Args *a, char c)
{
    if (a->p < a->end && *a->p == c) {
        a->p++;
        return true;
    }
    return false;
}

static bool take_number(Args *a, uint64_t *v)
{
    const char *start = a->p;
    *v = 0;
    while (a->p < a->end && g_ascii_isxdigit(*a->p)) {
        if (*v >> 60) {
            return false;
        }
        *v = *v << 4 | (unsigned)g_ascii_xdigit_value(*a->p++);
    }
    return a->p > start;
}

/* "address,length" */
static bool take_range(Args *a, uint64_t *addr, uint64_t *len)
{
    return take_number(a, addr) && take(a, ',') && take_number(a, len);
}

/* Bytes in hexadecimal up to the end; false: not an even number of digits. */
static bool take_bytes(Args *a, GByteArray *out)
{
    size_t n = a->end - a->p;
    if (n % 2) {
        return false;
    }
    g_byte_array_set_size(out, n / 2);
    for (size_t i = 0; i < n / 2; i++) {
        int high = g_ascii_xdigit_value(a->p[2 * i]), low = g_ascii_xdigit_value(a->p[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out->data[i] = high << 4 | low;
    }
    a->p = a->end;
    return true;
}

/* "p1.2", "2", "-1" (all), "0" (any): *cpu NULL for all.  False: no such thread. */
static bool take_thread(Args *a, Cpu **cpu)
{
    uint64_t pid = 1, tid;
    *cpu = NULL;
    if (take(a, 'p')) {
        bool all = take(a, '-');
        if (!take_number(a, &pid) || (pid > 1 && !all)) {
            return false;
        }
        if (all || !take(a, '.')) {
            return true;
        }
    }
    if (take(a, '-')) {
        return take_number(a, &tid);
    }
    if (!take_number(a, &tid) || tid > tcg_cpus->len) {
        return false;
    }
    *cpu = tcg_cpus->pdata[tid ? tid - 1 : 0];
    return true;
}

void gdb_thread_id(Gdb *g, GString *out, const Cpu *cpu)
{
    g_string_append_printf(out, g->multiprocess ? "p01.%02x" : "%02x", cpu->index + 1);
}

/* ---- session ---- */

static void cmd_supported(Gdb *g, Args a)
{
    g_autofree char *theirs = g_strndup(a.p, a.end - a.p);
    g->multiprocess = strstr(theirs, "multiprocess+") != NULL;
    g_string_printf(g->reply, "PacketSize=%x;qXfer:features:read+;QStartNoAckMode+;"
                    "multiprocess+;vContSupported+;hwbreak-;swbreak-", GDB_PACKET);
}

/* The OK itself is acknowledged still. */
static void cmd_no_ack(Gdb *g, Args a)
{
    (void)a;
    g->start_no_ack = true;
    ok(g);
}

static void cmd_features(Gdb *g, Args a)
{
    uint64_t off, len;
    if (!take_range(&a, &off, &len)) {
        bad(g);
        return;
    }
    if (!g->xml) {
        g->xml = gdb_target_xml(g->cpu);
    }
    off = MIN(off, g->xml->len);
    uint64_t n = MIN(MIN(len, g->xml->len - off), GDB_PACKET / 4);  /* escapes may double it */
    g_string_append_c(g->reply, off + n < g->xml->len ? 'm' : 'l');
    g_string_append_len(g->reply, g->xml->str + off, n);
}

static void cmd_why(Gdb *g, Args a)
{
    (void)a;
    control_stop();
    gdb_stop_reply(g);
}

static void cmd_attach(Gdb *g, Args a)
{
    uint64_t pid;
    if (take_number(&a, &pid) && pid == 1) {
        cmd_why(g, a);
    } else {
        bad(g);
    }
}

static void cmd_attached(Gdb *g, Args a)
{
    (void)a;
    g_string_assign(g->reply, "1");     /* quitting gdb detaches; it does not kill */
}

static void cmd_detach(Gdb *g, Args a)
{
    uint64_t pid = 1;
    if (take(&a, ';') && (!take_number(&a, &pid) || pid != 1)) {
        bad(g);
        return;
    }
    gdb_detach(g);
    g->attached = true;                 /* the connection is there still */
    ok(g);
}

static void cmd_kill(Gdb *g, Args a)
{
    (void)a;
    g->no_reply = true;
    g->attached = false;
    vm_end(0);
}

static void cmd_vkill(Gdb *g, Args a)
{
    (void)a;
    gdb_send(g, "OK", 2);
    cmd_kill(g, a);
}

/* ---- threads ---- */

static void cmd_set_thread(Gdb *g, Args a)
{
    Cpu *cpu;
    char op = a.p < a.end ? *a.p++ : 0;
    if ((op != 'g' && op != 'c') || !take_thread(&a, &cpu)) {
        bad(g);
        return;
    }
    if (op == 'c') {
        g->go_cpu = cpu;
    } else if (cpu) {
        g->cpu = cpu;
    }
    ok(g);
}

static void cmd_thread_alive(Gdb *g, Args a)
{
    Cpu *cpu;
    if (take_thread(&a, &cpu) && cpu) {
        ok(g);
    } else {
        bad(g);
    }
}

static void cmd_current_thread(Gdb *g, Args a)
{
    (void)a;
    g_string_assign(g->reply, "QC");
    gdb_thread_id(g, g->reply, g->cpu);
}

enum { THREADS_A_REPLY = 256 };

static void list_threads(Gdb *g)
{
    unsigned first = g->next_thread, last = MIN(first + THREADS_A_REPLY, tcg_cpus->len);
    for (unsigned i = first; i < last; i++) {
        g_string_append_c(g->reply, i == first ? 'm' : ',');
        gdb_thread_id(g, g->reply, tcg_cpus->pdata[i]);
    }
    if (first >= last) {
        g_string_assign(g->reply, "l");
    }
    g->next_thread = last;
}

static void cmd_first_threads(Gdb *g, Args a)
{
    (void)a;
    g->next_thread = 0;
    list_threads(g);
}

static void cmd_more_threads(Gdb *g, Args a)
{
    (void)a;
    list_threads(g);
}

static void cmd_thread_info(Gdb *g, Args a)
{
    Cpu *cpu;
    if (!take_thread(&a, &cpu) || !cpu) {
        bad(g);
        return;
    }
    g_autofree char *text = g_strdup_printf("CPU#%u [%s]", cpu->index,
                                            cpu->powered_off ? "off" :
                                            cpu->halted ? "halted " : "running");
    gdb_hex(g->reply, text, strlen(text));
}

/* ---- registers ---- */

static void cmd_get_core(Gdb *g, Args a)
{
    (void)a;
    gdb_get_core(g->cpu, g->reply);
}

static void cmd_set_core(Gdb *g, Args a)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    if (take_bytes(&a, bytes) && gdb_set_core(g->cpu, bytes->data, bytes->len) == bytes->len) {
        ok(g);
    } else {
        bad(g);
    }
}

static void cmd_get_reg(Gdb *g, Args a)
{
    uint64_t n;
    if (!take_number(&a, &n) || a.p != a.end || n > UINT_MAX ||
        !gdb_get_reg(g->cpu, n, g->reply)) {
        no_such(g);
    }
}

static void cmd_set_reg(Gdb *g, Args a)
{
    uint64_t n;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    if (take_number(&a, &n) && n <= UINT_MAX && take(&a, '=') && take_bytes(&a, bytes) &&
        gdb_set_reg(g->cpu, n, bytes->data, bytes->len)) {
        ok(g);
    } else {
        no_such(g);
    }
}

/* ---- memory ---- */

static bool write_memory(Gdb *g, uint64_t addr, const void *bytes, size_t len)
{
    return g->physical ? address_space_load(g->cpu->as, addr, bytes, len) == MEM_OK
                       : debug_write(g->cpu, addr, bytes, len) == len;
}

static void cmd_read_memory(Gdb *g, Args a)
{
    uint64_t addr, len;
    uint8_t buf[GDB_PACKET / 2];
    if (!take_range(&a, &addr, &len) || a.p != a.end) {
        bad(g);
        return;
    }
    len = MIN(len, sizeof(buf));
    bool done = g->physical ? address_space_read(g->cpu->as, addr, buf, len) == MEM_OK
                            : debug_read(g->cpu, addr, buf, len) == len;
    if (done) {
        gdb_hex(g->reply, buf, len);
    } else {
        no_such(g);
    }
}

static void cmd_write_memory(Gdb *g, Args a)
{
    uint64_t addr, len;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    if (!take_range(&a, &addr, &len) || !take(&a, ':') || !take_bytes(&a, bytes) ||
        bytes->len != len) {
        bad(g);
    } else if (write_memory(g, addr, bytes->data, len)) {
        ok(g);
    } else {
        no_such(g);
    }
}

static void cmd_write_binary(Gdb *g, Args a)
{
    uint64_t addr, len;
    if (!take_range(&a, &addr, &len) || !take(&a, ':') || len != (uint64_t)(a.end - a.p)) {
        bad(g);
    } else if (write_memory(g, addr, a.p, len)) {
        ok(g);
    } else {
        no_such(g);
    }
}

static void cmd_physical(Gdb *g, Args a)
{
    uint64_t on;
    if (take_number(&a, &on) && on < 2) {
        g->physical = on;
        ok(g);
    } else {
        bad(g);
    }
}

static void cmd_is_physical(Gdb *g, Args a)
{
    (void)a;
    g_string_assign(g->reply, g->physical ? "1" : "0");
}

/* ---- breakpoints ---- */

/* "type,address,kind", and for breakpoints what we do not take: ";conditions". */
static void change_point(Gdb *g, Args a, bool (*change)(DebugKind kind, GVa va, unsigned len))
{
    static const DebugKind kinds[] = {
        DEBUG_BREAK, DEBUG_BREAK, DEBUG_WATCH_WRITE, DEBUG_WATCH_READ, DEBUG_WATCH_ACCESS,
    };
    uint64_t type, addr, len;
    if (!take_number(&a, &type) || !take(&a, ',') || !take_range(&a, &addr, &len) ||
        a.p != a.end) {
        bad(g);
    } else if (type >= ARRAY_SIZE(kinds)) {
        g_string_truncate(g->reply, 0);
    } else if (len <= UINT_MAX && change(kinds[type], addr, len)) {
        ok(g);
    } else {
        bad(g);
    }
}

static void cmd_insert(Gdb *g, Args a)
{
    change_point(g, a, debug_insert);
}

static void cmd_remove(Gdb *g, Args a)
{
    change_point(g, a, debug_remove);
}

/* ---- going on ---- */

static void go(Gdb *g, const DebugGo *what)
{
    bool any = false;
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        any |= what[i] != DEBUG_GO_NOT;
    }
    if (!any) {
        bad(g);
        return;
    }
    for (unsigned i = 0; i < tcg_cpus->len; i++) {
        debug_prepare(tcg_cpus->pdata[i], what[i], false);
    }
    g->waits = true;
    g->no_reply = true;
    control_go();
}

static DebugGo step_kind(const Gdb *g)
{
    return g->step_irqs ? DEBUG_GO_STEP_IRQS : DEBUG_GO_STEP;
}

/* All CPUs; only the one that is stepped does not run freely. */
static void go_all(Gdb *g, bool step)
{
    DebugGo what[MAX_CPUS] = { DEBUG_GO };
    if (step) {
        what[(g->go_cpu ? g->go_cpu : g->cpu)->index] = step_kind(g);
    }
    go(g, what);
}

/* The program counter is gdb's register with the type code_ptr. */
static void set_pc(Cpu *cpu, uint64_t pc)
{
    DebugReg r;
    for (unsigned n = 0; cpu->isa->debug_reg(cpu, n, &r); n++) {
        if (r.name && r.type && !strcmp(r.type, "code_ptr")) {
            cpu->isa->debug_write(cpu, n, (uint64_t[2]){ pc, 0 });
            return;
        }
    }
}

static void old_go(Gdb *g, Args a, bool step)
{
    uint64_t pc;
    if (a.p != a.end) {
        if (!take_number(&a, &pc) || a.p != a.end) {
            bad(g);
            return;
        }
        set_pc(g->cpu, pc);
    }
    go_all(g, step);
}

static void cmd_cont(Gdb *g, Args a)
{
    old_go(g, a, false);
}

static void cmd_step(Gdb *g, Args a)
{
    old_go(g, a, true);
}

/* "C05;address": the guest gets no signals. */
static void signal_go(Gdb *g, Args a, bool step)
{
    uint64_t signal;
    if (!take_number(&a, &signal) || (a.p != a.end && !take(&a, ';'))) {
        bad(g);
        return;
    }
    old_go(g, a, step);
}

static void cmd_signal_cont(Gdb *g, Args a)
{
    signal_go(g, a, false);
}

static void cmd_signal_step(Gdb *g, Args a)
{
    signal_go(g, a, true);
}

/* One of "c", "C05", "s", "S05". */
static bool take_action(Gdb *g, Args *a, DebugGo *what)
{
    uint64_t signal;
    if (a->p == a->end) {
        return false;
    }
    char c = *a->p++;
    *what = c == 's' || c == 'S' ? step_kind(g) : DEBUG_GO;
    return c == 'c' || c == 's' || ((c == 'C' || c == 'S') && take_number(a, &signal));
}

/* "vCont;action:thread;action": for each CPU the first action that names it counts. */
static void cmd_vcont(Gdb *g, Args a)
{
    DebugGo what[MAX_CPUS];
    bool known[MAX_CPUS] = { false };
    for (unsigned i = 0; i < MAX_CPUS; i++) {
        what[i] = DEBUG_GO_NOT;
    }
    while (take(&a, ';')) {
        DebugGo action;
        Cpu *cpu = NULL;
        if (!take_action(g, &a, &action) || (take(&a, ':') && !take_thread(&a, &cpu))) {
            bad(g);
            return;
        }
        for (unsigned i = 0; i < tcg_cpus->len; i++) {
            if (!known[i] && (!cpu || cpu->index == i)) {
                known[i] = true;
                what[i] = action;
            }
        }
    }
    if (a.p != a.end) {
        bad(g);
        return;
    }
    go(g, what);
}

static void cmd_vcont_actions(Gdb *g, Args a)
{
    (void)a;
    g_string_assign(g->reply, "vCont;c;C;s;S");
}

static void cmd_step_bits(Gdb *g, Args a)
{
    (void)a;
    g_string_printf(g->reply, "ENABLE=%x,NOIRQ=%x,NOTIMER=%x", SSTEP_ENABLE, SSTEP_NOIRQ,
                    SSTEP_NOTIMER);
}

static void cmd_get_step(Gdb *g, Args a)
{
    (void)a;
    g_string_printf(g->reply, "0x%x",
                    SSTEP_ENABLE | SSTEP_NOTIMER | (g->step_irqs ? 0 : SSTEP_NOIRQ));
}

static void cmd_set_step(Gdb *g, Args a)
{
    uint64_t bits;
    if (a.end - a.p > 2 && a.p[0] == '0' && a.p[1] == 'x') {
        a.p += 2;
    }
    if (take_number(&a, &bits) && a.p == a.end) {
        g->step_irqs = !(bits & SSTEP_NOIRQ);
        ok(g);
    } else {
        bad(g);
    }
}

/* ---- monitor ---- */

static void cmd_monitor(Gdb *g, Args a)
{
    enum { CHUNK = GDB_PACKET / 4 };
    g_autoptr(GByteArray) line = g_byte_array_new();
    if (!take_bytes(&a, line)) {
        bad(g);
        return;
    }
    g_byte_array_append(line, (const uint8_t *)"", 1);
    g_autoptr(GString) out = g_string_new("");
    monitor_execute((const char *)line->data, g->cpu, out);
    for (size_t at = 0; at < out->len; at += CHUNK) {
        g_string_assign(g->reply, "O");
        gdb_hex(g->reply, out->str + at, MIN(CHUNK, out->len - at));
        gdb_send(g, g->reply->str, g->reply->len);
    }
    ok(g);
}

/* ---- the table ---- */

/* The first row whose text the packet begins with; whole: it must be nothing else. */
static const struct {
    const char *name;
    bool        whole;
    void      (*run)(Gdb *g, Args a);
} packets[] = {
    { "qSupported",            false, cmd_supported },
    { "QStartNoAckMode",       true,  cmd_no_ack },
    { "qXfer:features:read:target.xml:", false, cmd_features },
    { "?",                     true,  cmd_why },
    { "vAttach;",              false, cmd_attach },
    { "qAttached",             false, cmd_attached },
    { "D",                     false, cmd_detach },
    { "k",                     true,  cmd_kill },
    { "vKill;",                false, cmd_vkill },

    { "H",                     false, cmd_set_thread },
    { "T",                     false, cmd_thread_alive },
    { "qC",                    true,  cmd_current_thread },
    { "qfThreadInfo",          true,  cmd_first_threads },
    { "qsThreadInfo",          true,  cmd_more_threads },
    { "qThreadExtraInfo,",     false, cmd_thread_info },

    { "g",                     true,  cmd_get_core },
    { "G",                     false, cmd_set_core },
    { "p",                     false, cmd_get_reg },
    { "P",                     false, cmd_set_reg },

    { "m",                     false, cmd_read_memory },
    { "M",                     false, cmd_write_memory },
    { "X",                     false, cmd_write_binary },
    { "Qqemu.PhyMemMode:",     false, cmd_physical },
    { "qqemu.PhyMemMode",      true,  cmd_is_physical },

    { "Z",                     false, cmd_insert },
    { "z",                     false, cmd_remove },

    { "vCont?",                true,  cmd_vcont_actions },
    { "vCont",                 false, cmd_vcont },
    { "c",                     false, cmd_cont },
    { "s",                     false, cmd_step },
    { "C",                     false, cmd_signal_cont },
    { "S",                     false, cmd_signal_step },
    { "qqemu.sstepbits",       true,  cmd_step_bits },
    { "qqemu.sstep",           true,  cmd_get_step },
    { "Qqemu.sstep=",          false, cmd_set_step },

    { "qRcmd,",                false, cmd_monitor },
};

void gdb_packet(Gdb *g, const char *body, size_t len)
{
    for (unsigned i = 0; i < ARRAY_SIZE(packets); i++) {
        size_t n = strlen(packets[i].name);
        if (len >= n && !memcmp(body, packets[i].name, n) && (len == n || !packets[i].whole)) {
            packets[i].run(g, (Args){ body + n, body + len });
            return;
        }
    }
}
