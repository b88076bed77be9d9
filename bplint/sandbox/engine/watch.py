"""Where the workflow is when its time is over, or when it crashes the interpreter."""

import faulthandler
import sys
import threading
import traceback


def watch(path, after_s):
    """Write the main thread's stack to `path` after so many seconds; also if the process crashes.

    The stack is taken by a thread; should C code not let it run, faulthandler takes it a moment later.
    """
    target = open(path, "w")
    faulthandler.enable(file=target, all_threads=False)
    if not after_s:
        return
    faulthandler.dump_traceback_later(after_s + 0.3, file=target)
    main = threading.main_thread().ident

    def look():
        if not threading.Event().wait(after_s):
            frame = sys._current_frames().get(main)
            target.write("Current thread (most recent call first):\n")
            for row in reversed(traceback.extract_stack(frame)):
                target.write('  File "%s", line %d in %s\n' % (row[0], row[1], row[2]))
            target.flush()
            faulthandler.cancel_dump_traceback_later()

    thread = threading.Thread(target=look)
    thread.daemon = True
    thread.start()
