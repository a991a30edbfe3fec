/* SPDX-License-Identifier: MIT */
/*
 * Semihosting.  Implements: ARM IHI 0071 (Semihosting for AArch32 and AArch64), for the console
 * ":tt" and the end of the program.
 * Not here: files of the host.  Their operations answer -1, with ENOSYS as SYS_ERRNO.
 */
#include "frontends/arm/semihost.h"
#include "system/log.h"

enum { CONSOLE_IN = 1, CONSOLE_OUT = 2, FAILED = -1, ERRNO_NOSYS = 38 };
enum { EXIT_APPLICATION = 0x20026, MAX_STRING = 4096 };

static IrMem access_of(const ArmCpu *s, unsigned size)
{
    return (IrMem){
        .size = size, .align = 1, .big = s->cpsr_rest & CPSR_E ? 1 : 0,
        .mmu = arm_privileged(s) ? ARM_MMU_PRIV : ARM_MMU_USER,
    };
}

/* Word n of the argument block.  A fault is the program's, as for a load of its own. */
static uint32_t word(ArmCpu *s, unsigned n)
{
    return cpu_ld(&s->cpu, s->r[1] + 4 * n, access_of(s, 4));
}

static char byte_at(ArmCpu *s, uint32_t va)
{
    return cpu_ld(&s->cpu, va, access_of(s, 1));
}

static void put(ArmCpu *s, const char *buf, size_t len)
{
    s->semihost->write(s->semihost_opaque, buf, len);
}

static uint32_t sys_open(ArmCpu *s)
{
    uint32_t name = word(s, 0), mode = word(s, 1), len = word(s, 2);
    bool console = len == 3 && byte_at(s, name) == ':' && byte_at(s, name + 1) == 't' &&
                   byte_at(s, name + 2) == 't';
    return !console ? FAILED : mode < 4 ? CONSOLE_IN : CONSOLE_OUT;
}

static uint32_t sys_close(ArmCpu *s)
{
    uint32_t handle = word(s, 0);
    return handle == CONSOLE_IN || handle == CONSOLE_OUT ? 0 : FAILED;
}

static uint32_t sys_writec(ArmCpu *s)
{
    char c = byte_at(s, s->r[1]);
    put(s, &c, 1);
    return s->r[0];
}

static uint32_t sys_write0(ArmCpu *s)
{
    char buf[MAX_STRING];
    size_t n = 0;
    while (n < sizeof(buf) && (buf[n] = byte_at(s, s->r[1] + n))) {
        n++;
    }
    put(s, buf, n);
    return s->r[0];
}

/* Answers how many bytes were not written. */
static uint32_t sys_write(ArmCpu *s)
{
    uint32_t handle = word(s, 0), va = word(s, 1), len = word(s, 2);
    char buf[MAX_STRING];
    if (handle != CONSOLE_OUT && handle != CONSOLE_IN) {
        return len;
    }
    uint32_t n = MIN(len, sizeof(buf));
    for (uint32_t i = 0; i < n; i++) {
        buf[i] = byte_at(s, va + i);
    }
    put(s, buf, n);
    return len - n;
}

static uint32_t sys_read(ArmCpu *s)
{
    uint32_t handle = word(s, 0), va = word(s, 1), len = word(s, 2), n = 0;
    while (handle == CONSOLE_IN && n < MIN(len, MAX_STRING)) {
        int c = s->semihost->read(s->semihost_opaque);
        if (c < 0) {
            break;
        }
        cpu_st(&s->cpu, va + n++, c, access_of(s, 1));
        if (c == '\n') {
            break;
        }
    }
    return len - n;
}

static uint32_t sys_readc(ArmCpu *s)
{
    return s->semihost->read(s->semihost_opaque);
}

static uint32_t sys_iserror(ArmCpu *s)
{
    return (int32_t)word(s, 0) < 0;
}

static uint32_t sys_istty(ArmCpu *s)
{
    return sys_close(s) == 0;
}

static uint32_t sys_clock(ArmCpu *s)
{
    return clock_now(CLOCK_VIRTUAL) / (10 * NS_PER_MS);
}

static uint32_t sys_time(ArmCpu *s)
{
    return clock_now(CLOCK_RTC) / NS_PER_SEC;
}

static uint32_t sys_elapsed(ArmCpu *s)
{
    uint64_t ns = clock_now(CLOCK_VIRTUAL);
    cpu_st(&s->cpu, s->r[1], (uint32_t)ns, access_of(s, 4));
    cpu_st(&s->cpu, s->r[1] + 4, ns >> 32, access_of(s, 4));
    return 0;
}

static uint32_t sys_tickfreq(ArmCpu *s)
{
    return NS_PER_SEC;
}

static uint32_t sys_errno(ArmCpu *s)
{
    return ERRNO_NOSYS;
}

static uint32_t sys_exit(ArmCpu *s)
{
    s->semihost->exit(s->semihost_opaque, s->r[1] == EXIT_APPLICATION ? 0 : 1);
    return 0;
}

static uint32_t sys_exit_extended(ArmCpu *s)
{
    uint32_t reason = word(s, 0), status = word(s, 1);
    s->semihost->exit(s->semihost_opaque, reason == EXIT_APPLICATION ? (int)status : 1);
    return 0;
}

static const struct {
    const char *name;
    uint32_t  (*fn)(ArmCpu *s);
} operations[] = {
    [0x01] = { "SYS_OPEN",          sys_open },
    [0x02] = { "SYS_CLOSE",         sys_close },
    [0x03] = { "SYS_WRITEC",        sys_writec },
    [0x04] = { "SYS_WRITE0",        sys_write0 },
    [0x05] = { "SYS_WRITE",         sys_write },
    [0x06] = { "SYS_READ",          sys_read },
    [0x07] = { "SYS_READC",         sys_readc },
    [0x08] = { "SYS_ISERROR",       sys_iserror },
    [0x09] = { "SYS_ISTTY",         sys_istty },
    [0x10] = { "SYS_CLOCK",         sys_clock },
    [0x11] = { "SYS_TIME",          sys_time },
    [0x13] = { "SYS_ERRNO",         sys_errno },
    [0x18] = { "SYS_EXIT",          sys_exit },
    [0x20] = { "SYS_EXIT_EXTENDED", sys_exit_extended },
    [0x30] = { "SYS_ELAPSED",       sys_elapsed },
    [0x31] = { "SYS_TICKFREQ",      sys_tickfreq },
};

void arm_semihost_call(ArmCpu *s)
{
    uint32_t op = s->r[0];
    if (op >= ARRAY_SIZE(operations) || !operations[op].fn) {
        log_unimp(NULL, "semihosting operation %#x", op);
        s->r[0] = FAILED;
        return;
    }
    s->r[0] = operations[op].fn(s);
}

void arm_set_semihosting(Cpu *cpu, const ArmSemihost *ops, void *opaque)
{
    ARM(cpu)->semihost = ops;
    ARM(cpu)->semihost_opaque = opaque;
}
