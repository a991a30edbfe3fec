/* SPDX-License-Identifier: MIT */
#include "tests/isa/x86/host.h"

#include <elf.h>
#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __x86_64__

static pid_t child;
static uint8_t *code, *data;
static struct user_regs_struct start_regs;
static bool has_32;

static uint8_t *map_shared(uint64_t at, size_t size, int prot)
{
    void *p = mmap((void *)(uintptr_t)at, size, prot, MAP_SHARED | MAP_ANONYMOUS |
                   MAP_FIXED_NOREPLACE,
                   -1, 0);
    return p == (void *)(uintptr_t)at ? p : NULL;
}

static bool wait_stop(int *sig)
{
    int status;
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) {
        return false;
    }
    *sig = WSTOPSIG(status);
    return true;
}

static bool try_32(void)
{
    X86State s = { .rip = X86_CODE, .r[4] = X86_DATA + 0x1000, .mxcsr = 0x1f80 };
    memcpy(code, "\x40\xcc", 2);            /* INC EAX, which 64-bit code reads as a prefix */
    host_run(&s, true);
    return s.vector < 0 && s.r[0] == 1;
}

bool host_start(void)
{
    int sig;
    code = map_shared(X86_CODE, X86_CODE_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC);
    data = map_shared(X86_DATA, X86_DATA_SIZE, PROT_READ | PROT_WRITE);
    if (!code || !data) {
        return false;
    }
    child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        _exit(0);
    }
    if (child < 0 || !wait_stop(&sig) || ptrace(PTRACE_GETREGS, child, NULL, &start_regs)) {
        return false;
    }
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_EXITKILL);
    has_32 = try_32();
    return true;
}

bool host_has_32(void)
{
    return has_32;
}

uint8_t *host_code(void)
{
    return code;
}

uint8_t *host_data(void)
{
    return data;
}

/* ---- vectors: the XSAVE area (SDM 1, 13.4), as PTRACE_GETREGSET gives it ---- */

enum { XSAVE_FTW = 4, XSAVE_ST = 32, XSAVE_MXCSR = 24, XSAVE_XMM = 160, XSAVE_BV = 512, XSAVE_YMMH = 576, XSAVE_END = 832 };

static uint8_t xsave[16384] __attribute__((aligned(64)));
static size_t xsave_size;

static void move_xsave(int request)
{
    struct iovec v = { xsave, request == PTRACE_GETREGSET ? sizeof(xsave) : xsave_size };
    if (ptrace(request, child, (void *)NT_X86_XSTATE, &v)) {
        g_error("no registers: %s", g_strerror(errno));
    }
    xsave_size = v.iov_len;
}

static void put_vectors(const X86State *s)
{
    move_xsave(PTRACE_GETREGSET);
    memset(xsave + 2, 0, 6);
    xsave[XSAVE_FTW] = 0xff;
    for (unsigned i = 0; i < 8; i++) {
        memcpy(xsave + XSAVE_ST + 16 * i, &s->mm[i], 8);
        memset(xsave + XSAVE_ST + 16 * i + 8, 0xff, 2);
    }
    memcpy(xsave + XSAVE_MXCSR, &s->mxcsr, 4);
    memcpy(xsave + XSAVE_XMM, s->xmm, 256);
    xsave[XSAVE_BV] |= 3;
    if (xsave_size >= XSAVE_END) {
        memcpy(xsave + XSAVE_YMMH, s->ymmh, 256);
        xsave[XSAVE_BV] |= 4;
    }
    move_xsave(PTRACE_SETREGSET);
}

static void get_vectors(X86State *s)
{
    move_xsave(PTRACE_GETREGSET);
    memcpy(&s->mxcsr, xsave + XSAVE_MXCSR, 4);
    for (unsigned i = 0; i < 8; i++) {
        memcpy(&s->mm[i], xsave + XSAVE_ST + 16 * i, 8);
    }
    memset(s->xmm, 0, sizeof(s->xmm));
    memset(s->ymmh, 0, sizeof(s->ymmh));
    if (xsave[XSAVE_BV] & 2) {
        memcpy(s->xmm, xsave + XSAVE_XMM, 256);
    }
    if (xsave_size >= XSAVE_END && xsave[XSAVE_BV] & 4) {
        memcpy(s->ymmh, xsave + XSAVE_YMMH, 256);
    }
}

static void put_regs(const X86State *s, bool code32)
{
    struct user_regs_struct u = start_regs;
    unsigned long long *const r[16] = { &u.rax, &u.rcx, &u.rdx, &u.rbx, &u.rsp, &u.rbp, &u.rsi,
                                        &u.rdi,
                                        &u.r8, &u.r9, &u.r10, &u.r11, &u.r12, &u.r13, &u.r14, &u.r15 };
    for (unsigned i = 0; i < 16; i++) {
        *r[i] = s->r[i];
    }
    u.rip = s->rip;
    u.eflags = s->eflags | 0x202;
    u.orig_rax = -1;
    u.cs = code32 ? 0x23 : 0x33;
    u.ss = 0x2b;
    u.ds = u.es = code32 ? 0x2b : 0;
    ptrace(PTRACE_SETREGS, child, NULL, &u);
    put_vectors(s);
}

static void get_regs(X86State *s)
{
    struct user_regs_struct u;
    ptrace(PTRACE_GETREGS, child, NULL, &u);
    const unsigned long long r[16] = { u.rax, u.rcx, u.rdx, u.rbx, u.rsp, u.rbp, u.rsi, u.rdi,
                                       u.r8, u.r9, u.r10, u.r11, u.r12, u.r13, u.r14, u.r15 };
    for (unsigned i = 0; i < 16; i++) {
        s->r[i] = r[i];
    }
    s->rip = u.rip;
    s->eflags = u.eflags;
    get_vectors(s);
}

/* SIGFPE is #DE or #XM. */
static int fpe_vector(void)
{
    siginfo_t info;
    ptrace(PTRACE_GETSIGINFO, child, NULL, &info);
    return info.si_code == FPE_INTDIV ? 0 : 19;
}

void host_run(X86State *s, bool code32)
{
    int sig;
    put_regs(s, code32);
    ptrace(PTRACE_CONT, child, NULL, NULL);
    do {
        if (!wait_stop(&sig)) {
            g_error("the child is gone");
        }
        if (sig == SIGCONT || sig == SIGSTOP) {
            ptrace(PTRACE_CONT, child, NULL, NULL);
        }
    } while (sig == SIGCONT || sig == SIGSTOP);
    get_regs(s);
    s->vector = sig == SIGFPE ? fpe_vector() : sig == SIGILL ? 6 : sig == SIGSEGV ? 13 : sig == SIGBUS ? 17 : -1;
    if (sig == SIGTRAP) {
        s->rip--;
    }
}

void host_end(void)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

#else

bool host_start(void) { return false; }
bool host_has_32(void) { return false; }
uint8_t *host_code(void) { return NULL; }
uint8_t *host_data(void) { return NULL; }
void host_run(X86State *s, bool code32) { }
void host_end(void) { }

#endif
