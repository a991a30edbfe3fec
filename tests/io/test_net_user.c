/* SPDX-License-Identifier: MIT */
/* The NAT network as a guest of the main loop. */
#include "config.h"
#include "io/net/net.h"
#include "system/lock.h"

#ifdef HAVE_SLIRP
static gboolean count(gpointer n)
{
    ++*(unsigned *)n;
    return G_SOURCE_CONTINUE;
}

/* Found when the text display, which draws when nothing else is to do, never drew. */
static void sources_of_lower_priority_have_their_turn(void)
{
    NetPort *port = NULL;
    GError *err = NULL;
    unsigned turns = 0, rounds = 0;
    g_assert_true(net_open("user", &port, &err));
    guint id = g_timeout_add_full(G_PRIORITY_DEFAULT_IDLE, 10, count, &turns, NULL);
    gint64 end = g_get_monotonic_time() + 5 * G_USEC_PER_SEC;
    while (turns < 5 && g_get_monotonic_time() < end) {
        g_main_context_iteration(NULL, TRUE);
        rounds++;
    }
    g_assert_cmpuint(turns, ==, 5);
    g_assert_cmpuint(rounds, <, 1000);          /* and in between it slept */
    g_source_remove(id);
    net_close(port);
}
#endif

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#ifdef HAVE_SLIRP
    g_test_add_func("/io/net_user/sources_of_lower_priority_have_their_turn",
                    sources_of_lower_priority_have_their_turn);
#endif
    return g_test_run();
}
