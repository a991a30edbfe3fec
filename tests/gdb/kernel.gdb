# SPDX-License-Identifier: MIT
# Linux on the Versatile PB under gdb, from reset to its first timer ticks and system calls, with
# the symbols that the kernel itself carries (tests/guests/kallsyms.py).  See guest.gdb.
# serial: changed by gdb
# serial: KIT-INIT machine=
python
def attempt(command):
    try:
        gdb.execute(command)
    except gdb.error as error:
        print(error)
end
set pagination off
set confirm off
set width 0
set height 0
set print thread-events off
set arm fallback-mode arm
# expect: ^Hardware assisted breakpoint 1 at 0xc0
# expect: ^Breakpoint 1, 0xc0.* in start_kernel \(\)
echo == break in the kernel by symbol\n
hbreak start_kernel
continue
info registers pc sp r0
print/x $cpsr & 0x3f
backtrace
# expect: ^=> 0xc0.* <start_kernel\+\d+>:
# expect: in set_task_stack_end_magic
# expect: ^#1 .*start_kernel
echo == step\n
x/6i $pc
stepi
stepi
stepi
x/i $pc
nexti
nexti
stepi
x/2i $pc
backtrace
finish
delete
# expect: in _printk
# expect: Booting Linux
echo == the first message\n
break *_printk
continue
backtrace 2
x/s $r0
# expect: linux_banner|"\\001\\065%s"|%s
# expect: "changed by gdb\\n"
echo == another string instead of the second\n
continue
x/s $r0
x/s $r1
set {char[16]} 0xc0001000 = "changed by gdb\n"
x/s 0xc0001000
set $r1 = 0xc0001000
print/x $r1
delete
# expect: ^\$\d+ = -30000$
# expect: ^Hardware watchpoint 3: \*\(int \*\)
# expect: ^Hardware watchpoint 3
# expect: ^Old value = -30000$
# expect: ^New value = -29\d\d\d$
# expect: ^New value = -29\d\d\d$
# mask: -29\d\d\d JIFFIES
echo == watch jiffies: do_timer begins with a load of its address\n
set $jiffies = *(int **)((char *)&do_timer + 8 + (*(int *)&do_timer & 0xfff))
print *$jiffies
python gdb.execute("watch *(int *)%#x" % int(gdb.parse_and_eval("$jiffies")))
continue
x/i $pc
continue
backtrace 4
delete
# expect: in kernel_init
# expect: ^#1 .*ret_from_fork
echo == a kernel thread\n
break kernel_init
continue
backtrace
delete
# expect: in sys_newuname
# expect: ^#1 +0xc0008
echo == a system call of a program\n
break sys_newuname
continue
backtrace
print/x $cpsr & 0x3f
print $r0 < 0xc0000000
stepi
stepi
x/i $pc
nexti
delete
echo == physical memory and system registers\n
# expect: \$\d+ = 0x1$
print/x $SCTLR & 1
maintenance packet Qqemu.PhyMemMode:1
x/2i 0x8400
maintenance packet Qqemu.PhyMemMode:0
echo == detach\n
detach
