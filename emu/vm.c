/* SPDX-License-Identifier: MIT */
/*
 * The virtual machine as a whole: its board from the registries, a thread for each CPU, the main
 * loop with timers and host ends, and what the guest asks of us (reset, power-off, exit).
 *
 * The main thread runs GLib's main loop and takes the machine lock for what it does to devices; the
 * CPUs' threads run guest code and take it for device accesses (system/lock.h).
 */
#include "emu/vm.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>
#include "emu/ci/ci.h"
#include "emu/control.h"
#include "emu/displays.h"
#include "emu/gdb.h"
#include "emu/monitor.h"
#include "emu/ports.h"
#include "emu/registry.h"
#include "emu/report.h"
#include "emu/semihost.h"
#include "emu/setup.h"
#include "emu/signals.h"
#include "emu/timers.h"
#include "io/char.h"
#include "io/block/slot.h"
#include "system/bus_master.h"
#include "system/error.h"
#include "system/lock.h"
#include "system/log.h"
#include "system/machine.h"
#include "tcg/engine.h"

static struct {
    const Options *options;
    MachineConfig  config;
    Machine       *machine;
    GMainLoop     *loop;
    GThread       *threads[MAX_CPUS];
    SystemRequest  request;
    int            request_code;
    bool           requested;           /* the CPUs are held for it */
    int            status;
    char          *why;                 /* it ended, in words */
} vm;

/* ---- CPUs for system/machine.c ---- */

static Cpu *hook_cpu_new(Machine *m, const char *model, unsigned index, GError **err)
{
    const GuestIsa *isa = registry_isa_of_model(model);
    if (!isa) {
        fail(err, EMU_ERROR_USAGE, "no CPU model is called '%s'; -cpu help lists them", model);
        return NULL;
    }
    return cpu_new(isa, model, index, &m->as, err);
}

static void on_cpu_input(void *opaque, int n, int level)
{
    cpu_set_input(opaque, n, level);
}

static bool hook_cpu_irq_input(Cpu *cpu, const char *name, IrqSink *sink)
{
    int n = cpu_input_number(cpu, name);
    *sink = (IrqSink){ .handler = on_cpu_input, .opaque = cpu, .n = n };
    return n >= 0;
}

static IrqLine *hook_cpu_irq_output(Cpu *cpu, const char *name)
{
    const char *const *names = cpu->isa->outputs;
    for (unsigned i = 0; names && names[i]; i++) {
        if (!strcmp(names[i], name)) {
            return &cpu->output[i];
        }
    }
    return NULL;
}

static void hook_cpu_start(Cpu *cpu, const CpuStart *start)
{
    cpu->isa->start(cpu, start);
    cpu_mode_changed(cpu);
    cpu_kick(cpu);
}

static const MachineHooks hooks = {
    .cpu_new = hook_cpu_new, .cpu_free = cpu_free, .cpu_reset = cpu_reset_state,
    .cpu_irq_input = hook_cpu_irq_input, .cpu_irq_output = hook_cpu_irq_output,
    .cpu_start = hook_cpu_start,
};

/* ---- building ---- */

static void on_request(SystemRequest request, int code);
static void on_signal(void);

static void print_map(void)
{
    GString *map = g_string_new(NULL);
    machine_print_map(vm.machine, map);
    log_print(LOG_MAP, "%s", map->str);
    g_string_free(map, true);
}

const char *vm_name(void)
{
    return vm.options ? vm.options->name : NULL;
}

/* The monitor, quiet until its turn where it shares a console; and gdb. */
static bool open_tools(const Options *o, GError **err)
{
    const char *gdb = o->gdb ? o->gdb : o->gdb_tcp ? "tcp::1234" : NULL;
    if (ports_monitor()) {
        monitor_serve(ports_monitor(), !o->monitor);
    }
    return !gdb || !strcmp(gdb, "none") || gdb_open(gdb, err);
}

bool vm_build(const Options *o, GError **err)
{
    vm.options = o;
    const char *accel;
    bool semihosting;
    const MachineClass *class = setup_config(o, &vm.config, err);
    report_start();
    if (!class || !ci_setup(o, err) || !setup_accel(o, &accel, err) || !setup_icount(o, err) || !setup_rtc(o, err) ||
        !setup_semihosting(o, &semihosting, err)) {
        return false;
    }
    signals_start(on_signal);
    machine_set_hooks(&hooks);
    system_set_request_handler(on_request);
    if (!tcg_init(accel, 32 * MiB, err) || !ports_open(o, class, err)) {
        return false;
    }
    vm.machine = machine_build(class, &vm.config, err);
    if (vm.machine && vm.machine->n_cpus > 1 && tcg_icount) {
        return fail(err, EMU_ERROR_USAGE, "%s counts the instructions of one processor: use -smp 1",
                    o->icount ? "-icount" : "--ci");
    }
    if (!vm.machine || !open_tools(o, err) || !ports_check_used(class, err)) {
        return false;
    }
    if (log_on(LOG_MAP)) {
        print_map();
    }
    g_autofree char *title = g_strdup_printf("emu - %s", o->name ? o->name : class->name);
    if (!displays_start(vm.machine, title, err)) {
        return false;
    }
    if (semihosting) {
        semihost_start(vm.machine);
    }
    return ci_start(err);
}

/* ---- what the guest asks for ---- */

static void end(int status, char *why)
{
    vm.status = status;
    vm.why = why;
    g_main_loop_quit(vm.loop);
}

/* What ends a run by itself may also be looked at: -no-shutdown; by gdb, when it is there. */
static bool stays(SystemRequest request)
{
    bool lost = request == SYSTEM_FATAL || request == SYSTEM_DEAD;
    return lost ? vm.options->no_shutdown || gdb_attached()
                : vm.options->no_shutdown && request == SYSTEM_POWEROFF;
}

static gboolean serve_request(gpointer unused)
{
    (void)unused;
    machine_lock();
    if (!vm.requested) {
        machine_unlock();
        return G_SOURCE_REMOVE;
    }
    vm.requested = false;
    if (vm.request == SYSTEM_RESET && !vm.options->no_reboot && !vm.options->ci) {
        cpus_pause();                   /* a second count besides the request's own */
        machine_reset(vm.machine);
        cpus_resume();
        cpus_resume();
    } else if (stays(vm.request)) {
        control_ended();                /* keeps the request's count */
    } else {
        char *why;
        int status = ci_end(vm.request, vm.request_code, &why);
        end(status, why);
    }
    machine_unlock();
    return G_SOURCE_REMOVE;
}

/* Machine lock held; often in the CPU's own thread, in the middle of a block. */
static void on_request(SystemRequest request, int code)
{
    if (vm.requested) {
        return;
    }
    vm.requested = true;
    vm.request = request;
    vm.request_code = code;
    cpus_hold();
    g_idle_add_full(G_PRIORITY_HIGH, serve_request, NULL, NULL);
}

/* Ctrl-A x, the monitor's quit; from the main loop. */
static void on_quit(void)
{
    end(0, g_strdup("the user ended it"));
}

/* The monitor or gdb ends it. */
void vm_end(int status)
{
    end(status, g_strdup("the user ended it"));
}

/* Ended, but not by the guest: nothing to report. */
static void on_signal(void)
{
    if (vm.loop) {
        on_quit();
    }
}

/* ---- running ---- */

static gpointer cpu_thread(gpointer cpu)
{
    bus_master = ((Cpu *)cpu)->index;
    cpu_run(cpu);
    return NULL;
}

static bool write_pidfile(const char *path)
{
    g_autofree char *text = g_strdup_printf("%d\n", getpid());
    return !path || g_file_set_contents(path, text, -1, NULL);
}

static void stop_threads(void)
{
    machine_lock();
    cpus_quit();
    machine_unlock();
    for (unsigned i = 0; i < vm.machine->n_cpus; i++) {
        g_thread_join(vm.threads[i]);
    }
}

int vm_run(void)
{
    if (!write_pidfile(vm.options->pidfile)) {
        fprintf(stderr, "emu: cannot write the pid file '%s'\n", vm.options->pidfile);
        return EMU_ERROR_OSERR;
    }
    vm.loop = g_main_loop_new(NULL, false);
    char_set_quit_handler(on_quit);
    displays_on_quit(on_quit);
    timers_start();
    machine_lock();
    machine_reset(vm.machine);
    control_start(vm.options->stopped || gdb_attached());
    machine_unlock();
    for (unsigned i = 0; i < vm.machine->n_cpus; i++) {
        vm.threads[i] = g_thread_new(vm.machine->cpus[i]->id, cpu_thread, vm.machine->cpus[i]);
    }
    g_main_loop_run(vm.loop);
    displays_stop();
    stop_threads();
    block_slot_close_all();
    block_close_all();                      /* what a guest wrote and did not flush */
    vm.status = ci_finish(vm.machine, vm.status, vm.why);
    gdb_ended(vm.status);
    char_close_all();
    if (log_on(LOG_STATS)) {
        tcg_print_stats(log_file);
    }
    return vm.status;
}
