# Run against a real stack with the client that openapi-python-client made of /openapi.json.
import os
import pathlib
import time

from earshot_client import Client
from earshot_client.api.clips import create_clips
from earshot_client.api.features import create_features_of_clips
from earshot_client.api.descriptions import create_description
from earshot_client.api.jobs import get_job, get_job_result
from earshot_client.models import CreateClipsBody, CreateDescriptionBody, DescriptionResult, FeaturesRequest, FeaturesResult
from earshot_client.types import File

client = Client(base_url=os.environ["EARSHOT_URL"], raise_on_unexpected_status=True)


def sound(name):
    return File(payload=open(pathlib.Path(os.environ["EARSHOT_SOUNDS"], name), "rb"), file_name=name, mime_type="audio/wav")


described = create_description.sync(client=client, body=CreateDescriptionBody(file=[sound("voice-16k.wav")]), prefer="wait=20")
assert isinstance(described, DescriptionResult), described
assert described.items[0].result.duration_seconds > 0

uploaded = create_clips.sync(client=client, body=CreateClipsBody(file=[sound("tone-16k.wav"), sound("voice-16k.wav")]))
ids = [clip.id for clip in uploaded.items]
job = create_features_of_clips.sync(client=client, body=FeaturesRequest(clip_ids=ids, profiles=["talent-37@1"]))
while job.finished_at is None:
    time.sleep(0.1)
    job = get_job.sync(client=client, id=job.id)
result = get_job_result.sync(client=client, id=job.id)
assert isinstance(result, FeaturesResult), result
assert len(result.items[1].result.vectors[0].values) == 37
assert len(result.items[1].result.vectors[0].columns) == 37
print("ok")
