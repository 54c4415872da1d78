"""What a WSGI server such as granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from needlepoint.clinic.home import ONLY_OURS

# The database writes files of its own beside it: for whoever runs the clinic alone.
os.umask(ONLY_OURS)
os.environ["NEEDLEPOINT_AS_WEB"] = "yes"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "needlepoint.clinic.settings")
application = get_wsgi_application()

# The knowledge is read before the first person asks, not while they wait.
from needlepoint.clinic.asking import known  # noqa: E402
from needlepoint.library import load_question_groups  # noqa: E402

known()
load_question_groups()
# It stays for as long as the process: nobody waits while it is looked through for what could be thrown away.
gc.collect()
gc.freeze()
