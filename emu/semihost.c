/* SPDX-License-Identifier: MIT */
/*
 * Semihosting: the console goes to serial line 0's host end (standard output where there is none),
 * the program's end becomes the end of the machine, with its status as ours (emu/status.h).
 *
 * Reading the console finds nothing: its line belongs to the UART.
 */
#include "emu/semihost.h"

#include <stdio.h>
#include "emu/ports.h"
#include "emu/status.h"
#include "frontends/arm/cpu.h"
#include "system/lock.h"

static void console_write(void *unused, const char *buf, size_t len)
{
    CharPort *port = ports_serial(0);
    bool taken = machine_lock_if_free();
    if (port) {
        char_write(port, buf, len);
    } else {
        fwrite(buf, 1, len, stdout);
    }
    machine_unlock_if(taken);
}

static int console_read(void *unused)
{
    return -1;
}

static void program_exit(void *unused, int status)
{
    bool taken = machine_lock_if_free();
    system_request(SYSTEM_EXIT, status_of_guest(status));
    machine_unlock_if(taken);
}

static const ArmSemihost arm_ops = {
    .write = console_write, .read = console_read, .exit = program_exit,
};

void semihost_start(Machine *m)
{
    for (unsigned i = 0; i < m->n_cpus; i++) {
        if (m->cpus[i]->isa == &guest_arm) {
            arm_set_semihosting(m->cpus[i], &arm_ops, NULL);
        }
    }
}
