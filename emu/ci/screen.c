/* SPDX-License-Identifier: MIT */
/*
 * --expect@screen.  Not here yet: a display that knows its characters (VGA text); reading them off
 * a frame buffer.  Boards that have only a frame buffer are refused with what works instead.
 */
#include "emu/ci/screen.h"

#include "io/ui/display.h"
#include "system/error.h"

bool screen_check(GError **err)
{
    Display *d = display_first();
    if (!d) {
        return fail(err, EMU_ERROR_USAGE, "this board has no screen; its serial lines can be read: "
                    "--expect@serial0");
    }
    return fail(err, EMU_ERROR_USAGE, "the screen '%s' is a frame buffer, which has pixels and no "
                "text; a serial line can be read (--expect@serial0), a picture saved (--screenshot)",
                display_name(d));
}

char *screen_text(void)
{
    return NULL;
}
