# SPDX-License-Identifier: MIT
# Commands for gdb-multiarch against guest.c.  run_gdb.py compares what they print under emu and
# under another emulator, and looks for the lines that '# expect:' says, in this order.  The guest
# waits at its first instruction (-S).
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
# expect: ^pc +0x10000
# expect: ^=> 0x10000 <_start>:.*sp
echo == start\n
info registers r0 r12 pc
print/x $cpsr & 0x3f
x/4i $pc
# expect: ^Breakpoint 1, main \(\)
echo == break by symbol\n
break main
continue
backtrace
info registers pc sp lr
print/x $cpsr & 0x3f
# expect: ^=> 0x.*main
echo == step\n
stepi
stepi
x/i $pc
next
next
step
backtrace
# expect: ^Breakpoint 2, leaf \(n=.*1\)
# expect: ^#5 .* in tree \(depth=.*4\)
# expect: ^#6 .* in main
# expect: ^Value returned is \$\d+ = 
echo == deep backtrace\n
break leaf
continue
backtrace
info breakpoints
delete
finish
# expect: ^Breakpoint 3, thumb_leaf
# expect: ^\$\d+ = 0x[0-9a-f]*33$
echo == thumb\n
break thumb_leaf
continue
info registers pc
print/x $cpsr & 0xf000003f
stepi
stepi
x/3i $pc
backtrace
delete
finish
# expect: ^(Hardware w|W)atchpoint 4: counter$
# expect: ^New value = 1$
# expect: ^New value = 2$
echo == watch for writes\n
watch counter
continue
continue
print counter
delete
# expect: ^Hardware read watchpoint 5: total
# expect: ^Value = 
echo == watch for reads\n
rwatch total
continue
backtrace 1
print total
delete
# expect: access \(read/write\) watchpoint 6
# expect: ^Value = 99 'c'
echo == watch for any access, of a byte\n
awatch text[3]
continue
continue
delete
watch text[0]
continue
continue
print text
delete
# expect: ^Breakpoint 8, tree \(depth=(depth@entry=)?2\)
echo == hardware breakpoint with a condition\n
hbreak tree if depth == 2
continue
print depth
delete
echo == temporary, until, advance\n
tbreak leaf
continue
advance main
up
frame function tree
# expect: ^Value returned is \$\d+ = 231$
# expect: ^\$\d+ = 77$
# expect: = 1000000$
# expect: = 0x12345678$
# expect: = 0x20000000$
echo == change a register, a variable, the flow\n
break thumb_leaf
continue
set var n = 77
delete
finish
print counter
set var total = 1000000
print total
set $r0 = 0x12345678
print/x $r0
print/x $cpsr & 0xff
set $cpsr = $cpsr | 0x20000000
print/x $cpsr & 0x20000000
set $pc = main
x/i $pc
# expect: Cannot access memory at address 0xf0000000
# expect: 0x44\s+0x33\s+0x22\s+0x11
# expect: 0x11225544
# expect: ^1 pattern found
echo == memory\n
x/4xw 0x10000
x/8xb 0x10000
x/2i 0x10000
x/s text
python attempt("x/xw 0xf0000000")
set var *(int *)0x180000 = 0x11223344
x/4xb 0x180000
set {char}0x180001 = 0x55
x/xw 0x180000
find /w 0x180000, +64, 0x11225544
dump binary memory dump.bin 0x10000 0x10400
restore dump.bin binary 0x170000
compare-sections .text
x/2xw 0x180000
# expect: ^received: "0"
# expect: ^received: "OK"
echo == physical memory\n
maintenance packet qqemu.PhyMemMode
maintenance packet Qqemu.PhyMemMode:1
x/2xw 0x10000
maintenance packet Qqemu.PhyMemMode:0
# expect: ^\* 1 .*CPU#0 \[running\]
echo == threads\n
info threads
thread
# expect: ^received: "E22"
# expect: ^received: "vCont;c;C;s;S"
echo == packets that are wrong\n
maintenance packet m
maintenance packet Z9,0,4
maintenance packet p999
maintenance packet qUnknown
maintenance packet vMustReplyEmpty
maintenance packet vCont?
# expect: ^\[Inferior 1 \(process 1\) detached\]
echo == detach\n
detach
