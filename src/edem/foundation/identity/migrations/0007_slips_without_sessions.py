# Written by hand: a slip needs no session, a reading may be for the register or of a scan.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0006_sessions_of_one_sign_in")]

    operations = [
        migrations.RemoveIndex(model_name="signinslip", name="slip_of_session"),
        migrations.RemoveField(model_name="signinslip", name="session_key"),
        migrations.AlterField(
            model_name="vaultreading",
            name="purpose",
            field=models.CharField(
                max_length=20,
                choices=[
                    ("owner", "Ви самі переглянули свої дані"),
                    ("export", "Ви завантажили копію своїх даних"),
                    ("sign_in", "Щоб упізнати вас під час входу"),
                    ("membership", "Щоб визначити вашу громаду"),
                    ("finding", "Щоб знайти вас за документом, який показали працівникові"),
                    ("register", "Щоб спитати державний реєстр, де зареєстровано ваше місце проживання"),
                    ("scan", "Щоб переглянути скан довідки, яку ви принесли"),
                    ("petition_list", "Щоб скласти список тих, хто підписав"),
                    ("paper_sheet", "Щоб звірити ваш підпис на паперовому підписному листі"),
                    ("appeal_answer", "Щоб відповісти на ваше звернення"),
                    ("correction", "Щоб розглянути ваше прохання виправити дані"),
                    ("merge", "Щоб об’єднати ваші облікові записи"),
                    ("mail", "Щоб надіслати вам листа"),
                    ("sms", "Щоб надіслати вам SMS"),
                    ("marks", "Щоб порахувати ваш голос один раз"),
                    ("print", "Щоб заповнити ваш паперовий бланк"),
                ],
            ),
        ),
    ]
