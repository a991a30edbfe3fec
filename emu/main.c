/* SPDX-License-Identifier: MIT */
/* emu, the command. */
#include <stdio.h>
#include <string.h>
#include "config.h"
#include "emu/img/img.h"
#include "emu/list.h"
#include "emu/options.h"
#include "emu/registry.h"
#include "emu/signals.h"
#include "emu/status.h"
#include "emu/vm.h"
#include "system/error.h"
#include "system/log.h"
#include "tcg/opt/opt.h"

static int complain(GError *err)
{
    fprintf(stderr, "emu: %s\n", err->message);
    int status = err->domain == EMU_ERROR ? err->code : EMU_ERROR_USAGE;
    g_error_free(err);
    return status;
}

/* -d ir:PASS */
static bool check_pass(GError **err)
{
    const char *names[32] = { "lift" };
    for (unsigned i = 0; ir_passes[i].name && i + 2 < ARRAY_SIZE(names); i++) {
        names[i + 1] = ir_passes[i].name;
    }
    return !log_ir_pass || g_strv_contains(names, log_ir_pass) ||
           fail_unknown(err, "pass in -d ir:PASS,", log_ir_pass, names);
}

static bool start_log(const Options *o, GError **err)
{
    for (unsigned i = 0; o->log && i < o->log->len; i++) {
        if (!log_parse(o->log->pdata[i], err)) {
            return false;
        }
    }
    return check_pass(err) && (!o->dfilter || log_filter(o->dfilter, err)) &&
           (!o->log_file || log_open(o->log_file, err));
}

/* Lists and help: is that all that was asked for?  *status says how it ended. */
static bool only_asks(const Options *o, int *status)
{
    GError *err = NULL;
    *status = 0;
    if (o->help) {
        options_help();
    } else if (o->version) {
        printf("emu %s\n", EMU_VERSION);
    } else if (list_asked(o, &err)) {
        return true;
    } else if (err) {
        *status = complain(err);
    } else {
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    static Options options;
    GError *err = NULL;
    int status;
    registry_init();
    if (argc == 1) {
        options_usage(stderr);
        return STATUS_USAGE;
    }
    if (!strcmp(argv[1], "list")) {
        return list_command(argc - 1, argv + 1);
    }
    if (!strcmp(argv[1], "img")) {
        return img_command(argc - 1, argv + 1);
    }
    if (!options_parse(&options, argc, argv, &err)) {
        return complain(err);
    }
    if (only_asks(&options, &status)) {
        return status;
    }
    if (!start_log(&options, &err) || !vm_build(&options, &err)) {
        return complain(err);
    }
    status = vm_run();
    signals_finish();
    return status;
}
